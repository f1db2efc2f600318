using Sallyport.Estates;
using Sallyport.Lab.Estates.Drafting;

namespace Sallyport.Lab.Estates.Large;

/// <summary>Ids by number. A seed shifts the numbers, so two estates of other seeds share no id in practice.</summary>
internal sealed class LargeIds(int seed)
{
    private readonly ulong _base = SplitMix64.Mix(unchecked((ulong)seed) + 1);
    private ulong _rules;

    public string Of(string prefix, int number) => LabId.Of(prefix, _base + (ulong)number);

    public SecurityGroupId Group(int number) => new(Of("sg", number));

    public SecurityGroupRuleId NextRule() => new(LabId.Of("sgr", _base + _rules++));
}
