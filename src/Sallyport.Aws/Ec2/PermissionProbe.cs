using Sallyport.Applying;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Ec2;

/// <summary>
/// Asks EC2 by DryRun whether the caller may make a kind of change. The answer tells of permission only: an endpoint that looks at
/// the content first answers for the probe's made-up rule, which says nothing against the caller.
/// </summary>
internal sealed class PermissionProbe
{
    /// <summary>From TEST-NET-1, which no group has for a good reason.</summary>
    private static readonly CidrPeer Nowhere = new(Cidr.Parse("192.0.2.1/32"));

    private readonly Ec2Client _client;

    public PermissionProbe(Ec2Client client) => _client = client;

    /// <summary>Returns when the change is permitted, or EC2 does not say; throws the refusal otherwise.</summary>
    public async Task AskAsync(SecurityGroupId group, TargetChange change, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(group, change, cancellationToken);
        }
        catch (Ec2Exception e) when (e.Code == ErrorCodes.DryRun || IsAboutContent(e))
        {
        }
    }

    private static bool IsAboutContent(Ec2Exception e) =>
        e.Kind == FailureKind.Refused && e.HttpStatus is 400 or 412 && !ErrorCodes.IsPermission(e.Code) && e.Code != "InvalidGroup.NotFound";

    private async Task SendAsync(SecurityGroupId group, TargetChange change, CancellationToken cancellationToken)
    {
        const bool dryRun = true;
        var direction = change is TargetChange.AuthorizeEgress or TargetChange.RevokeEgress or TargetChange.DescribeEgress ? Direction.Egress : Direction.Ingress;
        var probe = new SecurityGroupRule(direction, Service.Tcp(9), Nowhere);
        switch (change)
        {
            case TargetChange.AuthorizeIngress or TargetChange.AuthorizeEgress:
                await _client.AuthorizeAsync(group, direction, [probe], Tags.None, dryRun, cancellationToken);
                break;
            case TargetChange.RevokeIngress or TargetChange.RevokeEgress:
                if (await AnyRuleAsync(group, direction, cancellationToken) is { Id: { } id }) await _client.RevokeAsync(group, direction, [id], dryRun, cancellationToken);
                else await _client.RevokeAsync(group, direction, [probe], dryRun, cancellationToken);
                break;
            case TargetChange.Modify:
                if (await AnyRuleAsync(group, null, cancellationToken) is { } rule) await _client.ModifyAsync(group, [rule], dryRun, cancellationToken);
                break;
            case TargetChange.DescribeIngress or TargetChange.DescribeEgress:
                await _client.UpdateDescriptionsAsync(group, direction, [await AnyRuleAsync(group, direction, cancellationToken) ?? probe], dryRun, cancellationToken);
                break;
            case TargetChange.Tag:
                await _client.CreateTagsAsync([group.Value], Tags.None.With("sallyport:probe", string.Empty), dryRun, cancellationToken);
                break;
            case TargetChange.Untag:
                await _client.DeleteTagsAsync([group.Value], ["sallyport:probe"], dryRun, cancellationToken);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change));
        }
    }

    /// <summary>A rule that exists, so that the question is about something real; null when there is none.</summary>
    private async Task<SecurityGroupRule?> AnyRuleAsync(SecurityGroupId group, Direction? direction, CancellationToken cancellationToken)
    {
        var groups = await _client.DescribeSecurityGroupsAsync([group], cancellationToken);
        return groups.SelectMany(g => g.Rules).FirstOrDefault(r => r.Id is not null && (direction is null || r.Direction == direction));
    }
}
