using System.Collections.Immutable;
using Sallyport.Applying;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Aws.Ec2;

/// <summary>
/// Makes changes through the EC2 API. A call goes only to the account its scope names: a client of another account's credentials is
/// refused before anything is sent.
/// </summary>
public sealed class LiveEstateTarget : IEstateTarget, IDisposable
{
    /// <summary>EC2 takes 1000 resources a tagging call.</summary>
    private const int TagResources = 1000;

    private const int VisibilityReads = 6;
    private readonly Func<Scope, Ec2Client> _clients;
    private readonly TimeProvider _time;
    private readonly ImmutableArray<AwsSession> _owned;

    /// <summary>A target over clients that the caller finds, one for each account and Region. Owns none of them.</summary>
    public LiveEstateTarget(Func<Scope, Ec2Client> clients, TimeProvider time)
        : this(clients, time, [])
    {
    }

    private LiveEstateTarget(Func<Scope, Ec2Client> clients, TimeProvider time, ImmutableArray<AwsSession> owned)
    {
        _clients = clients;
        _time = time;
        _owned = owned;
    }

    /// <summary>
    /// Opens one session for each of the options, each an account of its own, and sends every scope to the session of its account.
    /// Reports what <see cref="AwsSession.OpenAsync"/> does.
    /// </summary>
    public static async Task<Result<LiveEstateTarget>> OpenAsync(IReadOnlyList<LiveOptions> accounts, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(accounts.Count);
        var sessions = ImmutableArray.CreateBuilder<AwsSession>();
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var options in accounts)
        {
            var opened = await AwsSession.OpenAsync(options, cancellationToken);
            diagnostics.AddRange(opened.Diagnostics);
            if (opened.Value is { } session) sessions.Add(session);
        }

        if (sessions.Count < accounts.Count)
        {
            foreach (var session in sessions) session.Dispose();
            return Result<LiveEstateTarget>.Failed(diagnostics.ToImmutable());
        }

        var owned = sessions.ToImmutable();
        // With a session of that account missing, the first one's client is found and then refused with both accounts named.
        return new(new LiveEstateTarget(s => (owned.FirstOrDefault(o => o.Account == s.Account) ?? owned[0]).Client(s.Region), accounts[0].Time, owned), diagnostics.ToImmutable());
    }

    /// <summary>Accounts that there are credentials for; empty where one could not be learned, or the caller finds clients itself.</summary>
    public ImmutableArray<string> Accounts => _owned.Any(o => o.Account.Length == 0) ? [] : [.. _owned.Select(o => o.Account)];

    /// <inheritdoc/>
    public async Task<ImmutableArray<SecurityGroup>> ReadGroupsAsync(Scope scope, IReadOnlyCollection<SecurityGroupId> groups, CancellationToken cancellationToken)
    {
        // A symbolic id of a group that does not exist yet would fail the whole call.
        var real = groups.Where(g => g.Value.StartsWith("sg-", StringComparison.Ordinal)).ToList();
        if (real.Count == 0) return [];
        var client = Client(scope);
        return [.. (await ReadAsync(() => client.DescribeSecurityGroupsAsync(real, cancellationToken))).OrderBy(g => g.Id)];
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<SecurityGroupRule>> AuthorizeAsync(Scope scope, SecurityGroupId group, Direction direction, IReadOnlyList<SecurityGroupRule> rules, Tags tags, CancellationToken cancellationToken)
    {
        if (rules.Count == 0) return [];
        CheckDirection(direction, rules);
        var client = Client(scope);
        var made = await ChangeAsync(() => client.AuthorizeAsync(group, direction, rules, tags, dryRun: false, cancellationToken));
        for (var read = 0; ; read++)
        {
            var byKey = new Dictionary<RuleKey, SecurityGroupRule>();
            foreach (var rule in made.Where(r => r.Id is not null)) byKey[rule.Key] = rule;
            if (rules.All(r => byKey.ContainsKey(r.Key))) return [.. rules.Select(r => AsMade(byKey[r.Key], r))];
            if (read == VisibilityReads) throw new TargetException(TargetOutcome.Unknown, "RuleNotVisible", $"The rules added to {group} are not visible yet.");

            // An answer without the rules it made (older endpoints): the describes lag a write by moments.
            if (read > 0) await Task.Delay(TimeSpan.FromMilliseconds(100 << read), _time, cancellationToken);
            var groups = await ReadAsync(() => client.DescribeSecurityGroupsAsync([group], cancellationToken));
            made = [.. groups.SelectMany(g => g.RulesOf(direction))];
        }
    }

    // The call is all or nothing, so what was sent is there; the answer tells ids. Some endpoints leave descriptions out of it.
    private static SecurityGroupRule AsMade(SecurityGroupRule answered, SecurityGroupRule sent) =>
        answered.Description.Length > 0 ? answered : answered with { Description = sent.Description };

    /// <inheritdoc/>
    public async Task RevokeAsync(Scope scope, SecurityGroupId group, Direction direction, IReadOnlyList<SecurityGroupRule> rules, CancellationToken cancellationToken)
    {
        CheckDirection(direction, rules);
        var client = Client(scope);
        var ids = rules.Where(r => r.Id is not null).Select(r => r.Id!.Value).ToList();
        var others = rules.Where(r => r.Id is null).ToList();
        if (ids.Count > 0) await ChangeAsync(() => client.RevokeAsync(group, direction, ids, dryRun: false, cancellationToken));
        if (others.Count == 0) return;
        var answer = await ChangeAsync(() => client.RevokeAsync(group, direction, others, dryRun: false, cancellationToken));
        if (answer.Unknown.IsEmpty) return;

        // In a default VPC a rule that is not there is answered with success (EC2 API: RevokeSecurityGroupIngress).
        var outcome = ids.Count == 0 && answer.Unknown.Length >= others.Count ? TargetOutcome.Refused : TargetOutcome.Unknown;
        throw new TargetException(outcome, "InvalidPermission.NotFound", $"{answer.Unknown.Length} of the rules are not in {group}: {string.Join("; ", answer.Unknown.Select(r => r.Key))}.");
    }

    /// <inheritdoc/>
    public async Task ModifyAsync(Scope scope, SecurityGroupId group, IReadOnlyList<SecurityGroupRule> rules, CancellationToken cancellationToken)
    {
        if (rules.Count == 0) return;
        var client = Client(scope);
        await ChangeAsync(() => client.ModifyAsync(group, rules, dryRun: false, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task DescribeAsync(Scope scope, SecurityGroupId group, Direction direction, IReadOnlyList<SecurityGroupRule> rules, CancellationToken cancellationToken)
    {
        if (rules.Count == 0) return;
        CheckDirection(direction, rules);
        var client = Client(scope);
        await ChangeAsync(() => client.UpdateDescriptionsAsync(group, direction, rules, dryRun: false, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task TagAsync(Scope scope, IReadOnlyList<string> resources, Tags tags, CancellationToken cancellationToken)
    {
        if (tags.IsEmpty) return;
        var client = Client(scope);
        foreach (var chunk in resources.Chunk(TagResources)) await ChangeAsync(() => client.CreateTagsAsync(chunk, tags, dryRun: false, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task UntagAsync(Scope scope, IReadOnlyList<string> resources, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0) return;
        var client = Client(scope);
        foreach (var chunk in resources.Chunk(TagResources)) await ChangeAsync(() => client.DeleteTagsAsync(chunk, keys, dryRun: false, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task CheckPermissionAsync(Scope scope, SecurityGroupId group, TargetChange change, CancellationToken cancellationToken)
    {
        try
        {
            await new PermissionProbe(Client(scope)).AskAsync(group, change, cancellationToken);
        }
        catch (Ec2Exception e)
        {
            throw Translate(e, TargetOutcome.Refused);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var session in _owned) session.Dispose();
    }

    private Ec2Client Client(Scope scope)
    {
        if (scope.Account.Length == 0 || !RegionName.IsValid(scope.Region))
        {
            throw new TargetException(TargetOutcome.Refused, "ScopeUnknown", $"The change does not say which account and Region it is for ({scope}).");
        }

        var client = _clients(scope);
        if (client.Scope == scope) return client;
        var own = client.Scope.Account.Length == 0 ? "an account that could not be learned" : client.Scope.ToString();
        throw new TargetException(TargetOutcome.Refused, "AccountMismatch", $"The change is for {scope}, but the credentials are of {own}. Give a role of each account that is to be changed: --role-arn ARN, once for each.");
    }

    private static void CheckDirection(Direction direction, IReadOnlyList<SecurityGroupRule> rules)
    {
        if (rules.Any(r => r.Direction != direction)) throw new ArgumentException("A rule is of the other direction.", nameof(rules));
    }

    private static async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Ec2Exception e)
        {
            throw Translate(e, TargetOutcome.Refused); // a read that failed changed nothing
        }
    }

    private static async Task<T> ChangeAsync<T>(Func<Task<T>> change)
    {
        try
        {
            return await change();
        }
        catch (Ec2Exception e)
        {
            throw Translate(e, e.MayHaveHappened ? TargetOutcome.Unknown : TargetOutcome.Refused);
        }
    }

    private static Task<bool> ChangeAsync(Func<Task> change) => ChangeAsync(async () =>
    {
        await change();
        return true;
    });

    private static TargetException Translate(Ec2Exception failure, TargetOutcome outcome) => new(outcome, failure.Code, failure.Message, failure.RequestId, failure);
}
