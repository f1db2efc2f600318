using System.Collections.Frozen;
using Sallyport.Lab.Groups;
using Sallyport.Lab.Identity;
using Sallyport.Lab.Interfaces;
using Sallyport.Lab.Networks;
using Sallyport.Lab.Peerings;
using Sallyport.Lab.PrefixLists;
using Sallyport.Lab.Tagging;

namespace Sallyport.Lab.Wire;

/// <summary>Every operation of the lab by name.</summary>
internal static class Operations
{
    /// <summary>EC2, API version 2016-11-15.</summary>
    public static FrozenDictionary<string, Operation> Ec2 { get; } = Index(
    [
        .. GroupLifecycle.All, .. GroupDescribes.All, .. RuleChanges.All, .. RuleEdits.All,
        .. VpcOperations.All, .. SubnetOperations.All, RouteTableDescribe.Tables.ToOperation(), NetworkAclDescribe.Acls.ToOperation(),
        .. GatewayDescribes.All, .. TransitDescribes.All, EndpointDescribe.Endpoints.ToOperation(), FlowLogDescribe.FlowLogs.ToOperation(),
        .. PublicAccessDescribe.All,
        RegionDescribe.Regions.ToOperation(), InterfaceDescribe.Interfaces.ToOperation(), .. InterfaceChanges.All,
        InstanceDescribe.Instances.ToOperation(), AddressDescribe.Addresses.ToOperation(), .. PeeringOperations.All,
        .. PrefixListDescribes.All, .. PrefixListChanges.All, .. TagOperations.All,
    ]);

    /// <summary>STS, API version 2011-06-15.</summary>
    public static FrozenDictionary<string, Operation> Sts { get; } = Index(IdentityOperations.All);

    public static bool IsKnown(string name) => Ec2.ContainsKey(name) || Sts.ContainsKey(name);

    private static FrozenDictionary<string, Operation> Index(IEnumerable<Operation> operations) => operations.ToFrozenDictionary(o => o.Name);
}
