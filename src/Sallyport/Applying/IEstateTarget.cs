using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Applying;

/// <summary>
/// Where changes are made. Every method is one call as EC2 sees it (chunked only beyond EC2's limits) and throws
/// <see cref="TargetException"/> when it does not succeed. Nothing here retries a change whose outcome is unknown.
/// </summary>
public interface IEstateTarget
{
    /// <summary>Groups as they are now, with rule ids, descriptions and tags; groups that do not exist are left out.</summary>
    Task<ImmutableArray<SecurityGroup>> ReadGroupsAsync(Scope scope, IReadOnlyCollection<SecurityGroupId> groups, CancellationToken cancellationToken);

    /// <summary>Adds rules to one group in one direction, all or nothing. Tags go on every rule created. Returns them with ids.</summary>
    Task<ImmutableArray<SecurityGroupRule>> AuthorizeAsync(Scope scope, SecurityGroupId group, Direction direction, IReadOnlyList<SecurityGroupRule> rules, Tags tags, CancellationToken cancellationToken);

    /// <summary>Removes rules from one group in one direction: by id where the rule has one, else by its properties.</summary>
    Task RevokeAsync(Scope scope, SecurityGroupId group, Direction direction, IReadOnlyList<SecurityGroupRule> rules, CancellationToken cancellationToken);

    /// <summary>Replaces rules in place, keeping id and tags. Each rule carries the id to change and its new content.</summary>
    Task ModifyAsync(Scope scope, SecurityGroupId group, IReadOnlyList<SecurityGroupRule> rules, CancellationToken cancellationToken);

    /// <summary>Changes only the descriptions of existing rules; an empty description clears it.</summary>
    Task DescribeAsync(Scope scope, SecurityGroupId group, Direction direction, IReadOnlyList<SecurityGroupRule> rules, CancellationToken cancellationToken);

    /// <summary>Sets tags on resources (rules or groups).</summary>
    Task TagAsync(Scope scope, IReadOnlyList<string> resources, Tags tags, CancellationToken cancellationToken);

    /// <summary>Removes tags by key.</summary>
    Task UntagAsync(Scope scope, IReadOnlyList<string> resources, IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>
    /// Asks whether the caller may make a kind of change on a group (EC2's DryRun), changing nothing. Throws
    /// <see cref="TargetException"/> with <see cref="TargetOutcome.Refused"/> when not.
    /// </summary>
    Task CheckPermissionAsync(Scope scope, SecurityGroupId group, TargetChange change, CancellationToken cancellationToken);
}
