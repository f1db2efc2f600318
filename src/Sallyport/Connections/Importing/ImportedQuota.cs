using Sallyport.Estates;
using Sallyport.Estates.Quotas;

namespace Sallyport.Connections.Importing;

/// <summary>The <c>rulesPerSg</c> of an imported file: it never asks for less than the estate already uses.</summary>
internal static class ImportedQuota
{
    private const int Default = 60;

    /// <summary>The default quota, or the largest weight per group, direction and family when that is more.</summary>
    public static int Of(Estate estate)
    {
        var quota = new RuleQuota(estate);
        return estate.SecurityGroups
            .SelectMany(g => new[] { g.RulesOf(Direction.Ingress), g.RulesOf(Direction.Egress) })
            .Select(rules => Most([.. rules.Select(r => r.Key)]))
            .Append(Default).Max();

        int Most(List<RuleKey> rules)
        {
            var weight = quota.WeightOf(rules);

            // The plain count too: a reader of the file who counts rules must not find more of them than the quota says.
            return Math.Max(rules.Count, Math.Max(weight.V4, weight.V6));
        }
    }
}
