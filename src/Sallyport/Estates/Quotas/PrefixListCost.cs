using Sallyport.Packets;

namespace Sallyport.Estates.Quotas;

/// <summary>What a rule that names a prefix list costs; kept in the plan, so that undo can check the quota without the list.</summary>
public sealed record PrefixListCost(PrefixListId List, IpFamily Family, int Weight);
