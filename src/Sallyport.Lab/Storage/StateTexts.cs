using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Lab.Storage;

/// <summary>One converter for each kind of text value.</summary>
internal static class StateTexts
{
    public sealed class OfScope() : StateText<Scope>(ParseScope, s => $"{s.Account}/{s.Region}");

    public sealed class OfGroupId() : StateText<SecurityGroupId>(t => new SecurityGroupId(t), i => i.Value);

    public sealed class OfRuleId() : StateText<SecurityGroupRuleId>(t => new SecurityGroupRuleId(t), i => i.Value);

    public sealed class OfInterfaceId() : StateText<NetworkInterfaceId>(t => new NetworkInterfaceId(t), i => i.Value);

    public sealed class OfVpcId() : StateText<VpcId>(t => new VpcId(t), i => i.Value);

    public sealed class OfSubnetId() : StateText<SubnetId>(t => new SubnetId(t), i => i.Value);

    public sealed class OfPrefixListId() : StateText<PrefixListId>(t => new PrefixListId(t), i => i.Value);

    public sealed class OfPeeringId() : StateText<PeeringId>(t => new PeeringId(t), i => i.Value);

    public sealed class OfCidr() : StateText<Cidr>(t => Cidr.TryParse(t, out var cidr) ? cidr : null, c => c.ToString());

    public sealed class OfAddress() : StateText<Address>(t => Address.TryParse(t, out var address) ? address : null, a => a.ToString());

    public sealed class OfService() : StateText<Service>(t => Service.TryParse(t, out var service, out _) ? service : null, s => s.ToString());

    private static Scope? ParseScope(string text) => text.Split('/') is [var account, var region] ? new Scope(account, region) : null;
}
