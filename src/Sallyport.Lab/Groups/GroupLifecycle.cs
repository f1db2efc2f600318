using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.Groups;

/// <summary>Groups come and go, and are lent to further VPCs.</summary>
internal static class GroupLifecycle
{
    public static IEnumerable<Operation> All =>
    [
        Operation.Change("CreateSecurityGroup", $"GroupDescription*,GroupName*,VpcId,{TagReader.Notation},DryRun:bool", Create),
        Operation.Change("DeleteSecurityGroup", "GroupId,GroupName,DryRun:bool", Delete),
        Operation.Change("AssociateSecurityGroupVpc", "GroupId*,VpcId*,DryRun:bool", Associate),
        Operation.Change("DisassociateSecurityGroupVpc", "GroupId*,VpcId*,DryRun:bool", Disassociate),
    ];

    /// <summary>The group EC2 makes with every VPC: all traffic from itself, all traffic out.</summary>
    public static SecurityGroup CreateDefault(World world, Vpc vpc)
    {
        var group = new SecurityGroup(new SecurityGroupId(world.NewId(ResourceKind.Group)), vpc.Scope)
        {
            Name = "default",
            Description = "default VPC security group",
            Vpc = vpc.Id,
        };
        var self = new SecurityGroupRule(Direction.Ingress, Service.Any, new GroupPeer(group.Id) { Account = vpc.Scope.Account });
        return group with { Rules = [self with { Id = NewRuleId(world), Tags = Tags.None }, .. OpenEgress(world, vpc)] };
    }

    private static Reply Create(Call call)
    {
        var name = GroupText.Name(call.Input.Required("GroupName"));
        var description = GroupText.Description(call.Input.Required("GroupDescription"));
        var tags = TagReader.FromSpecifications(call, ResourceKind.Group);
        var vpc = call.Input.Text("VpcId") is { } id ? call.World.UsableVpc(call.Scope, id) : call.Here.DefaultVpc ?? throw Refusals.VpcNotSpecified();
        var sameName = call.Here.Groups.Values.Any(g => g.Vpc == vpc.Id && g.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (sameName) throw Refusals.GroupDuplicate(name, vpc.Id.Value);
        if (call.Here.Groups.Count >= call.Quotas.GroupsPerRegion) throw Refusals.GroupLimit();
        call.EndOfChecks();

        var group = new SecurityGroup(new SecurityGroupId(call.World.NewId(ResourceKind.Group)), call.Scope)
        {
            Name = name,
            Description = description,
            Vpc = vpc.Id,
            Tags = tags,
            Rules = [.. OpenEgress(call.World, vpc)],
        };
        call.Here.Put(group);
        return new Reply(writer =>
        {
            writer.Text("groupId", group.Id.Value);
            writer.Text("securityGroupArn", group.Arn);
            TagXml.Write(writer, tags);
        });
    }

    /// <summary>Open egress of a new group; IPv6 only where the VPC has such a block.</summary>
    private static IEnumerable<SecurityGroupRule> OpenEgress(World world, Vpc vpc)
    {
        yield return Open(Cidr.AnyV4);
        if (vpc.Cidrs.Any(c => c.Family == IpFamily.V6)) yield return Open(Cidr.AnyV6);

        SecurityGroupRule Open(Cidr cidr) =>
            new(Direction.Egress, Service.Any, new CidrPeer(cidr)) { Id = NewRuleId(world), Tags = Tags.None };
    }

    private static SecurityGroupRuleId NewRuleId(World world) => new(world.NewId(ResourceKind.Rule));

    private static Reply Delete(Call call)
    {
        var group = GroupResolver.Resolve(call);
        if (group.IsDefault) throw Refusals.DefaultGroupNotDeletable(group.Id.Value);
        if (IsUsed(call.World, group)) throw Refusals.DependencyViolation(group.Id.Value);
        call.EndOfChecks();
        call.Here.Groups.Remove(group.Id.Value);
        return new Reply(writer =>
        {
            writer.Flag("return", true);
            writer.Text("groupId", group.Id.Value);
        });
    }

    /// <summary>
    /// On an interface or endpoint, in a rule of another group of the same VPC, or lent to another VPC. A reference from a peered
    /// VPC does not hold a group: it turns stale.
    /// </summary>
    private static bool IsUsed(World world, SecurityGroup group)
    {
        var regions = world.In(group.Scope.Region).ToList();
        return world.Associations.Exists(a => a.Group == group.Id)
            || regions.Exists(r => r.Interfaces.Values.Any(i => i.Groups.Contains(group.Id)))
            || regions.Exists(r => r.Endpoints.Values.Any(e => e.Groups.Contains(group.Id)))
            || regions.Exists(r => r.Groups.Values.Any(g => g.Id != group.Id && g.Vpc == group.Vpc
                && g.Rules.Any(rule => rule.Peer is GroupPeer peer && peer.Group == group.Id)));
    }

    private static Reply Associate(Call call)
    {
        var group = GroupResolver.ById(call, call.Input.Required("GroupId"));
        var vpc = call.World.UsableVpc(call.Scope, call.Input.Required("VpcId"));
        if (group.IsDefault) throw Refusals.Unsupported("The default security group cannot be associated with another VPC.");
        if (vpc.IsDefault || call.World.FindVpc(group.Vpc ?? default) is { IsDefault: true })
        {
            throw Refusals.Unsupported("Security groups cannot be associated with or from a default VPC.");
        }

        if (group.Vpc == vpc.Id) throw Refusals.InvalidValue($"The security group '{group.Id}' was created in VPC '{vpc.Id}'.");
        call.EndOfChecks();
        call.World.Associations.RemoveAll(a => a.Group == group.Id && a.Vpc == vpc.Id);
        call.World.Associations.Add(new VpcAssociation(group.Id, vpc.Id, "associated"));
        return new Reply(writer => writer.Text("state", "associated"));
    }

    private static Reply Disassociate(Call call)
    {
        var group = GroupResolver.ById(call, call.Input.Required("GroupId"));
        var vpc = new VpcId(ResourceKind.Vpc.Check(call.Input.Required("VpcId")));
        if (!call.World.Associations.Exists(a => a.Group == group.Id && a.Vpc == vpc)) throw Refusals.AssociationNotFound(group.Id.Value, vpc.Value);
        var used = call.World.In(call.Scope.Region).Any(r => r.Interfaces.Values.Any(i => i.Vpc == vpc && i.Groups.Contains(group.Id)));
        if (used) throw Refusals.DependencyViolation(group.Id.Value);
        call.EndOfChecks();
        call.World.Associations.RemoveAll(a => a.Group == group.Id && a.Vpc == vpc);
        return new Reply(writer => writer.Text("state", "disassociated"));
    }
}
