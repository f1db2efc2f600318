using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules;

/// <summary>Rules that name a range of TCP or UDP ports, but not all of them.</summary>
internal static class PortRanges
{
    /// <summary>Rules with more than <c>range.max</c> ports and fewer than <c>allports.min</c>.</summary>
    public static List<SecurityGroupRule> In(DirectionFacts facts, AuditContext context)
    {
        var result = new List<SecurityGroupRule>();
        var most = context.Parameters.Get(AuditParameters.RangeMaximum);
        var all = AllPorts.Least(context);
        foreach (var rule in facts.Rules)
        {
            var count = CountOf(rule);
            if (count > most && count < all) result.Add(rule);
        }

        return result;
    }

    /// <summary>TCP or UDP ports of a rule; 0 for other protocols and for all of them.</summary>
    public static int CountOf(SecurityGroupRule rule) => rule.Service.Protocol.HasPorts ? rule.Service.To - rule.Service.From + 1 : 0;

    /// <summary>The services in words, each once, cut short when there are very many.</summary>
    public static string Words(IEnumerable<SecurityGroupRule> rules)
    {
        const int Most = 8;
        var services = rules.Select(r => r.Service).Distinct().Order().ToImmutableArray();
        var text = string.Join(", ", services.Take(Most));
        return services.Length <= Most ? text : $"{text} and {services.Length - Most} more";
    }
}
