using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Connections.Compiling;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Templates.CloudFormation;

/// <summary>
/// <c>compile --to cloudformation</c> and <c>cloudformation-json</c>: standalone rules, which wait for nothing and so never form a circle.
/// More than one template takes become nested ones. Rules of several accounts or Regions become one template that makes in each place the
/// rules of that place, as stack sets deploy it, or a template for each place.
/// </summary>
public sealed class CloudFormationWriter(bool isJson) : IRulesFilesWriter
{
    private const string Description = "Security group rules of declared connections. Written by sallyport compile; change the connections file instead.";

    /// <inheritdoc/>
    public string Name => isJson ? "cloudformation-json" : "cloudformation";

    /// <inheritdoc/>
    public string Extension => isJson ? ".json" : ".yaml";

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> Write(DesiredRules rules, Estate? estate, Stream output)
    {
        var files = new List<WrittenFile>();
        var said = Write(rules, estate, "template" + Extension, isApart: false, files);
        if (said.Any(d => d.Severity == Severity.Error)) return said;
        if (files.Count > 1) return [TemplatesDiagnostics.NeedsFiles($"{rules.Rules.Length} rules take {files.Count} templates")];

        output.Write(files[0].Content.Span);
        return said;
    }

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> Write(DesiredRules rules, Estate? estate, string name, bool isApart, ICollection<WrittenFile> files)
    {
        var written = WrittenRules.Of(rules, estate);
        var said = ImmutableArray.CreateBuilder<Diagnostic>();
        said.AddRange(CodeSurvey.Of(rules, estate));
        said.AddRange(SurveyOf(written));
        var places = written.Places;
        if (places.Length > 1 && !isApart)
        {
            said.Add(AddOfAllPlaces(written, places.Length, name, files));
        }
        else
        {
            foreach (var (scope, all) in places)
            {
                var file = places.Length < 2 ? name : Named(name, scope);
                if (Add(written, all, file, files) is { } problem) said.Add(problem);
            }
        }

        said.AddRange(files.Where(f => f.Content.Length > CloudFormationLimits.DirectBytes).Select(f => TemplatesDiagnostics.TooLong(f.Name, f.Content.Length, CloudFormationLimits.DirectBytes)));
        return said.DrainToImmutable();
    }

    /// <summary>What CloudFormation cannot do with these rules.</summary>
    internal static IEnumerable<Diagnostic> SurveyOf(WrittenRules written)
    {
        if (written.All.IsEmpty) yield return TemplatesDiagnostics.NothingToWrite();
        if (written.All.Count(r => r.Existing is not null) is > 0 and var existing) yield return TemplatesDiagnostics.ExistsAlready(existing);
        foreach (var rule in written.All.Where(r => r.Key.Direction == Direction.Egress && r.PeerAccount is not null)
            .DistinctBy(r => (r.Rule.Group, r.PeerAccount)).OrderBy(r => r.Rule.Group).ThenBy(r => r.PeerAccount, StringComparer.Ordinal))
        {
            yield return TemplatesDiagnostics.EgressToAccount(rule.Rule.Group, rule.PeerAccount!);
        }
    }

    // Stack sets take no nested stacks, so this template is whole or not at all.
    private Diagnostic AddOfAllPlaces(WrittenRules written, int places, string name, ICollection<WrittenFile> files)
    {
        if (written.UnplacedCount is > 0 and var unplaced) return TemplatesDiagnostics.NoPlace(unplaced);
        var template = TemplateOf(written, written.All, LogicalIds.Of(written.All), isSpread: true);
        var bytes = Bytes(template);
        if (!Fits(template, bytes)) return TemplatesDiagnostics.TooManyForAllPlaces(places, template.ResourceCount, CloudFormationLimits.Resources);
        files.Add(new WrittenFile(name, bytes));
        return TemplatesDiagnostics.ServesPlaces(places);
    }

    private Diagnostic? Add(WrittenRules written, ImmutableArray<WrittenRule> rules, string name, ICollection<WrittenFile> files)
    {
        var ids = LogicalIds.Of(rules);
        var whole = TemplateOf(written, rules, ids);
        var bytes = Bytes(whole);
        if (Fits(whole, bytes))
        {
            files.Add(new WrittenFile(name, bytes));
            return null;
        }

        if (whole.ParameterCount > CloudFormationLimits.Parameters) return TemplatesDiagnostics.TooManyParameters(whole.ParameterCount, CloudFormationLimits.Parameters);

        // Twice as many parts until each fits: a rule stays in its part until the number of parts changes.
        for (var count = 2; count <= CloudFormationLimits.Parts; count *= 2)
        {
            var parts = rules.GroupBy(r => PartOf(ids[r], count)).OrderBy(g => g.Key).Select(g => (Number: g.Key + 1, Template: TemplateOf(written, [.. g], ids))).ToList();
            var contents = parts.Select(p => Bytes(p.Template)).ToList();
            if (!parts.Zip(contents).All(p => Fits(p.First.Template, p.Second))) continue;
            var root = new CloudFormationTemplate(written, Description);
            foreach (var ((number, template), content) in parts.Zip(contents))
            {
                var file = $"{Path.GetFileNameWithoutExtension(name)}.part-{number.ToString("d2", CultureInfo.InvariantCulture)}{Path.GetExtension(name)}";
                files.Add(new WrittenFile(file, content));
                root.Add($"Part{number.ToString("d2", CultureInfo.InvariantCulture)}", file, template);
            }

            files.Add(new WrittenFile(name, Bytes(root)));
            return null;
        }

        return TemplatesDiagnostics.TooManyRules(rules.Length, CloudFormationLimits.Parts * CloudFormationLimits.Resources);
    }

    private byte[] Bytes(CloudFormationTemplate template) => template.ToBytes(isJson, [], []);

    private static bool Fits(CloudFormationTemplate template, byte[] bytes) =>
        template.ResourceCount <= CloudFormationLimits.Resources && template.ParameterCount <= CloudFormationLimits.Parameters && bytes.Length <= CloudFormationLimits.Bytes;

    private static CloudFormationTemplate TemplateOf(WrittenRules written, ImmutableArray<WrittenRule> rules, ImmutableDictionary<WrittenRule, string> ids, bool isSpread = false)
    {
        var template = new CloudFormationTemplate(written, Description, isSpread);
        foreach (var rule in rules) template.Add(ids[rule], rule);
        return template;
    }

    private static int PartOf(string logicalId, int count) => int.Parse(LogicalIds.Digest(logicalId, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) % count;

    private static string Named(string name, Scope scope)
    {
        var place = string.Join('-', new[] { scope.Account, scope.Region }.Where(p => p.Length > 0));
        return $"{Path.GetFileNameWithoutExtension(name)}.{(place.Length == 0 ? "elsewhere" : string.Concat(place.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')))}{Path.GetExtension(name)}";
    }
}
