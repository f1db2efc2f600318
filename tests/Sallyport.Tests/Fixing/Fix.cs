using Sallyport.Auditing;
using Sallyport.Estates;
using Sallyport.Fixing;
using Sallyport.Fixing.Remedies;
using Sallyport.Planning;
using Sallyport.Tests.Auditing;

namespace Sallyport.Tests.Fixing;

/// <summary>Fixes estates written as text, and says what came of it in the words of rules.</summary>
internal static class Fix
{
    public static FixReport Of(string estate, params string[] rules) => Of(estate, assumes: false, rules);

    public static FixReport Of(string estate, bool assumes, params string[] rules)
    {
        var result = Fixer.Fix(EstateText.Read(estate), new FixOptions { Audit = EstateText.Options(estate) with { Rules = [.. rules] }, AssumesUnneeded = assumes, ForApply = false });
        Assert.True(result.IsOk, string.Join('\n', result.Diagnostics));
        return result.Value;
    }

    /// <summary>What the plan does, a line a rule: <c>+ web egress tcp/443 to sg-db</c>; additions first, as the plan has them.</summary>
    public static IReadOnlyList<string> Lines(FixReport report) =>
        [.. report.Plan.Steps.Where(s => s.Action is PlanAction.Authorize or PlanAction.Revoke).SelectMany(s => s.Rules.Select(r => $"{(s.Action == PlanAction.Revoke ? '-' : '+')} {s.Group.Value[3..]} {r.Key}"))];

    /// <summary>What one maker says about a finding that rests on these rules of a group, for rules that the catalogue may lack.</summary>
    public static Proposal Proposed(string code, string estate, string group, FindingBasis basis = FindingBasis.Symbolic, params string[] evidence)
    {
        var read = EstateText.Read(estate);
        var owner = read.Index.Groups[new SecurityGroupId($"sg-{group}")];
        var finding = new Finding
        {
            Rule = code,
            Severity = FindingSeverity.Medium,
            Title = "title",
            Message = "Something is wrong.",
            Resource = FindingResource.Of(owner),
            Evidence = [.. owner.Rules.Where(r => evidence.Contains(r.Key.ToString())).Select(EvidenceAtom.Of)],
            Basis = basis,
            Fingerprint = code,
        };
        Assert.Equal(evidence.Length, finding.Evidence.Length);
        return RemedyBook.Of(code).Propose(finding, owner, new FixContext(read, declared: null, new FixOptions(), limit: 60));
    }
}
