using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Planning;

/// <summary>What a rule that names a prefix list costs; kept in the plan, so that undo can check the quota without the list.</summary>
public sealed record PrefixListCost(PrefixListId List, IpFamily Family, int Weight);
