using Sallyport.Packets;

namespace Sallyport.Auditing.Exposure;

/// <summary>One block that one rule admits.</summary>
/// <param name="Rule">Index of the rule among its group's rules of one direction.</param>
/// <param name="Services">What the rule admits for the block.</param>
/// <param name="Block">The rule's own block, one of its prefix list's, or the IPv4 block behind a NAT64 prefix.</param>
internal readonly record struct ReachBox(int Rule, Interval Services, Cidr Block);
