using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>The fields of a referenced group as they are read, in any order.</summary>
internal struct GroupFields
{
    private string? _id;
    private string? _account;
    private string? _vpc;
    private string? _peering;
    private string? _status;

    /// <summary>Takes the current element when it is one of them; leaves it otherwise.</summary>
    public void Read(ResponseReader xml, string name)
    {
        switch (name)
        {
            case "groupId": _id = xml.OptionalText(); break;
            case "userId": _account = xml.OptionalText(); break;
            case "vpcId": _vpc = xml.OptionalText(); break;
            case "vpcPeeringConnectionId": _peering = xml.OptionalText(); break;
            case "peeringStatus": _status = xml.OptionalText(); break;
        }
    }

    /// <summary>The peer; null when no group id came.</summary>
    public readonly GroupPeer? ToPeer() => _id is null ? null : new GroupPeer(new SecurityGroupId(_id))
    {
        Account = _account,
        Vpc = _vpc is null ? null : new VpcId(_vpc),
        Peering = _peering is null ? null : new PeeringId(_peering),
        PeeringStatus = _status,
    };
}
