using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Tests.Auditing;

/// <summary>What rules say that they need is what makes them unknown when it is missing.</summary>
public sealed class NeedsTests
{
    public static TheoryData<string> Codes => [.. RuleCatalogue.All.Where(r => r.IsImplemented).Select(r => r.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_kind_that_a_rule_does_not_need_leaves_it_decided(string code)
    {
        var rule = RuleCatalogue.Find(code)!;
        foreach (var example in (string[])[rule.Guide.Fires, rule.Guide.Quiet])
        {
            var options = EstateText.Options(example) with { Rules = [code] };
            var whole = Audit.Of(EstateText.Read(example), options).Unknown;
            foreach (var kind in Enum.GetValues<GapKind>())
            {
                if (rule.Needs.Any(n => n.IsLeftUnmetBy(kind))) continue;
                var lacking = Audit.Of(EstateText.Read($"gap {kind}\n{example}"), options).Unknown;
                Assert.True(lacking.Length <= whole.Length, $"Without {kind}: {string.Join("; ", lacking.Select(u => u.Gap))}");
            }
        }
    }
}
