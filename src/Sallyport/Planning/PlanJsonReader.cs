using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;

namespace Sallyport.Planning;

/// <summary>
/// Reads a plan file. A plan is input like any other: whatever it says is checked before anything acts on it, and a plan with a
/// single problem is no plan (SPD3010 to SPD3013, with line and column).
/// </summary>
public static class PlanJsonReader
{
    /// <summary>Largest plan file that is read.</summary>
    public const int MaxBytes = 512 * 1024 * 1024;

    /// <summary>Reads the document; a byte-order mark is read over.</summary>
    public static Result<Plan> Read(ReadOnlyMemory<byte> json, string fileName)
    {
        if (json.Length > MaxBytes) return Result<Plan>.Failed(PlanningDiagnostics.TooLarge(MaxBytes, new SourceSpan(fileName)));
        if (json.Span.StartsWith("\uFEFF"u8)) json = json[3..];
        if (JsonTree.Parse(json.Span, out var problem, out var offset) is not { } root)
        {
            return Result<Plan>.Failed(OtherDocument.Describe(json.Span) is { } other
                ? PlanningDiagnostics.NotAPlan(other, new SourceSpan(fileName))
                : PlanningDiagnostics.BadJson(problem, At(json, offset, fileName)));
        }

        var isAnother = root.Kind == System.Text.Json.JsonValueKind.Object && !root.Members.ContainsKey("steps") && !root.Members.ContainsKey("estateDigest");
        if (isAnother && OtherDocument.Describe(json.Span) is { } what) return Result<Plan>.Failed(PlanningDiagnostics.NotAPlan(what, new SourceSpan(fileName)));

        var fields = new JsonFields();
        var plan = Read(fields, root);
        if (fields.Problems.Count == 0)
        {
            // A document of the contract's members alone is a plan too; one that carries a digest must be as it was written.
            var isWhole = !root.Members.TryGetValue("planDigest", out var digest) || digest.Text == PlanJsonWriter.DigestOf(plan);
            return isWhole ? Result<Plan>.Ok(plan) : Result<Plan>.Failed(PlanningDiagnostics.Edited(new SourceSpan(fileName)));
        }

        if (root.Members.TryGetValue("schemaVersion", out var version) && version.Number is { } number && number != Plan.SchemaVersion)
        {
            return Result<Plan>.Failed(PlanningDiagnostics.UnsupportedVersion(At(json, version.Offset, fileName)));
        }

        return Result<Plan>.Failed([.. fields.Problems.Select(p => PlanningDiagnostics.BadField(p.Problem, At(json, p.Offset, fileName)))]);
    }

    internal static Plan Read(JsonFields fields, JsonTree root)
    {
        var nothing = new Plan { EstateDigest = string.Empty };
        if (!fields.IsObject(root, "a plan")) return nothing;
        fields.Number(root, "schemaVersion", Plan.SchemaVersion, Plan.SchemaVersion);
        var digest = fields.Text(root, "estateDigest");
        if (!PlanDigest.IsWellFormed(digest)) fields.Note(root, "\"estateDigest\" is not a digest");
        return new Plan
        {
            EstateDigest = digest,
            Steps = [.. fields.List(root, "steps").Select((s, i) => Step(fields, s, i + 1))],
            Quota = [.. fields.List(root, "quota").Select(q => Use(fields, q))],
            RulesPerGroup = fields.Number(root, "rulesPerGroup", 1, 100_000),
            PrefixLists = [.. fields.OptionalList(root, "prefixLists").Select(l => new PrefixListCost(
                new PrefixListId(fields.Text(l, "prefixList")), fields.OneOf(l, "family", PlanWords.Families), fields.Number(l, "weight", 0, 100_000)))],
            Warnings = [.. fields.OptionalList(root, "warnings").Select(w => new Diagnostic(fields.Text(w, "code"), Severity.Warning, fields.Text(w, "message")))],
            Unmanaged = Rules(fields, root, "unmanaged"),
            Standing = Rules(fields, root, "standing"),
            Groups = [.. fields.OptionalList(root, "groups").Select(g => new PlanGroup(fields.Group(g, "group"), fields.OptionalText(g, "name"), Scope(fields, g)))],
            Tests = TestJson.Read(fields, root),
        };
    }

    private static PlanStep Step(JsonFields fields, JsonTree value, int id)
    {
        if (!fields.IsObject(value, "a step")) return new PlanStep(id, PlanAction.Tag, default, default, Direction.Ingress, []);
        if (fields.Number(value, "id", 1, int.MaxValue) != id) fields.Note(value, $"step {id} has another id");
        var action = fields.OneOf(value, "action", PlanWords.Actions);
        var group = fields.Group(value, "group");
        var direction = RuleJson.DirectionOf(fields, value);
        var step = new PlanStep(id, action, Scope(fields, value), group, direction, [.. fields.List(value, "rules").Select(r => RuleJson.ReadPlanRule(fields, r, group))])
        {
            Tags = fields.OptionalTags(value, "tags") ?? Tags.None,
            RemovedTags = fields.Texts(value, "removedTags"),
            Because = fields.Texts(value, "because"),
            TakesEffect = fields.OneOf(value, "takesEffect", PlanWords.Effects),
        };
        Check(fields, value, step);
        return step;
    }

    private static void Check(JsonFields fields, JsonTree value, PlanStep step)
    {
        if (step.Rules.IsEmpty) fields.Note(value, "a step has no rules");
        if (step.Rules.Select(r => r.Key).Distinct().Count() != step.Rules.Length) fields.Note(value, "a step names a rule twice");
        foreach (var rule in step.Rules)
        {
            if (rule.Key.Direction != step.Direction || (rule.Before is { } b && b.Direction != step.Direction)) fields.Note(value, "a rule has another direction than its step");
            if (rule.Description.Length > 255) fields.Note(value, "a description is longer than the 255 characters that EC2 takes");
            var needsBefore = step.Action is PlanAction.Modify or PlanAction.Describe;
            if (needsBefore != rule.Before is not null) fields.Note(value, needsBefore ? "\"before\" is missing" : "\"before\" has no meaning here");
            if (step.Action == PlanAction.Describe && rule.Before is { } old && old.Key != rule.Key) fields.Note(value, "describe cannot change the rule itself");
            if (step.Action == PlanAction.Modify && rule.Before is { } swapped && swapped.Key == rule.Key) fields.Note(value, "modify does not change the rule");
        }

        if (step.Action == PlanAction.Modify)
        {
            var old = step.Rules.Select(r => r.Before?.Key).OfType<RuleKey>().ToHashSet();
            if (old.Count != step.Rules.Length || step.Rules.Any(r => old.Contains(r.Key))) fields.Note(value, "modify replaces a rule twice");
        }

        var mayTag = step.Action is PlanAction.Authorize or PlanAction.Tag;
        if ((!step.Tags.IsEmpty && !mayTag) || (!step.RemovedTags.IsEmpty && step.Action != PlanAction.Tag)) fields.Note(value, "tags have no meaning here");
        if (step.Action == PlanAction.Tag && step.Tags.IsEmpty && step.RemovedTags.IsEmpty) fields.Note(value, "a tag step has no tags");
    }

    private static QuotaUse Use(JsonFields fields, JsonTree value)
    {
        if (!fields.IsObject(value, "a quota entry")) return new QuotaUse(default, Direction.Ingress, Packets.IpFamily.V4, 0, 0, 0, 0);
        return new QuotaUse(
            fields.Group(value, "group"), RuleJson.DirectionOf(fields, value), fields.OneOf(value, "family", PlanWords.Families),
            fields.Number(value, "before", 0, int.MaxValue), fields.Number(value, "after", 0, int.MaxValue),
            fields.Number(value, "peak", 0, int.MaxValue), fields.Number(value, "limit", 0, int.MaxValue));
    }

    private static ImmutableArray<GroupRule> Rules(JsonFields fields, JsonTree root, string name)
    {
        var rules = ImmutableArray.CreateBuilder<GroupRule>();
        foreach (var value in fields.OptionalList(root, name))
        {
            if (!fields.IsObject(value, "a rule")) continue;
            var group = fields.Group(value, "group");
            rules.Add(new GroupRule(group, RuleJson.ReadPlanRule(fields, value, group)));
        }

        return rules.DrainToImmutable();
    }

    private static Scope Scope(JsonFields fields, JsonTree value) => new(fields.OptionalText(value, "account"), fields.OptionalText(value, "region"));

    private static SourceSpan At(ReadOnlyMemory<byte> json, int offset, string fileName)
    {
        var (line, column) = JsonTree.PlaceOf(json.Span, offset);
        return new SourceSpan(fileName, line, column);
    }
}
