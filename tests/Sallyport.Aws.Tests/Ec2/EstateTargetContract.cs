using Sallyport.Applying;
using Sallyport.Aws.Ec2;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Tests.Ec2;

/// <summary>What the live source and target do against any endpoint that speaks EC2: run against moto and against the lab.</summary>
public abstract class EstateTargetContract
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Options of the endpoint for one Region; skips the test when there is none.</summary>
    private protected abstract LiveOptions Options(string region);

    private protected abstract RawEc2 Raw(string region);

    /// <summary>False where the endpoint is known to differ from EC2.</summary>
    private protected virtual bool Follows(EndpointTrait trait) => true;

    [Fact]
    public async Task Rules_of_every_kind_of_peer_go_in_with_one_call_and_read_back_equal()
    {
        const string region = "eu-west-2";
        var calls = new List<string>();
        using var setting = await SetUpAsync(region, calls);
        var other = new SecurityGroupId(await Raw(region).GroupAsync(setting.Vpc, "other"));
        var list = new PrefixListId(await Raw(region).IdAsync("prefixListId", "CreateManagedPrefixList", "PrefixListName=mine", "MaxEntries=3", "AddressFamily=IPv4", "Entry.1.Cidr=10.9.0.0/16"));
        SecurityGroupRule[] rules =
        [
            Rule(Direction.Ingress, Service.Tcp(443), new CidrPeer(Cidr.Parse("10.1.0.0/16"))) with { Description = "web [a]" },
            Rule(Direction.Ingress, Service.Tcp(443), new CidrPeer(Cidr.Parse("2001:db8::/32"))),
            Rule(Direction.Ingress, Service.Tcp(443), new GroupPeer(other)) with { Description = "from other [b]" },
            Rule(Direction.Ingress, Service.Tcp(443), new PrefixListPeer(list)),
            Rule(Direction.Ingress, Service.Udp(53, 54), new GroupPeer(setting.Group)),
            Rule(Direction.Ingress, Service.Parse("icmp/8/-1"), new CidrPeer(Cidr.Parse("10.1.0.0/16"))),
            Rule(Direction.Ingress, Service.Any, new CidrPeer(Cidr.Parse("10.2.0.0/16"))),
        ];

        var made = await setting.Target.AuthorizeAsync(setting.Scope, setting.Group, Direction.Ingress, rules, Tags.None.With("sallyport:connections", "a,b"), Token);

        Assert.Equal(rules.Select(r => r.Key), made.Select(r => r.Key));
        Assert.All(made, r => Assert.StartsWith("sgr-", r.Id!.Value.Value, StringComparison.Ordinal));
        Assert.Single(calls, c => c.Contains("AuthorizeSecurityGroupIngress", StringComparison.Ordinal));
        var read = await ReadAsync(setting);
        Assert.Equal(rules.Select(r => (r.Key, r.Description)).OrderBy(r => r.Key), read.RulesOf(Direction.Ingress).Select(r => (r.Key, r.Description)));
        Assert.All(read.RulesOf(Direction.Ingress), r => Assert.Equal("a,b", r.Tags!["sallyport:connections"]));
        Assert.Equal(made.Select(r => r.Id).Order(), read.RulesOf(Direction.Ingress).Select(r => r.Id).Order());
    }

    [Fact]
    public async Task Rules_are_revoked_by_id_and_by_properties()
    {
        using var setting = await SetUpAsync("eu-west-3");
        var made = await setting.Target.AuthorizeAsync(setting.Scope, setting.Group, Direction.Egress, [.. Ports(1, 3).Select(r => r with { Direction = Direction.Egress })], Tags.None, Token);
        var open = (await ReadAsync(setting)).RulesOf(Direction.Egress).Single(r => r.Service == Service.Any);
        await setting.Target.RevokeAsync(setting.Scope, setting.Group, Direction.Egress, [made[0], open, made[2] with { Id = null }], Token);
        Assert.Equal([made[1].Key], (await ReadAsync(setting)).Rules.Select(r => r.Key));
    }

    [Fact]
    public async Task Modifying_keeps_the_id()
    {
        using var setting = await SetUpAsync("eu-north-1");
        var made = await setting.Target.AuthorizeAsync(setting.Scope, setting.Group, Direction.Ingress, Ports(1, 1), Tags.None, Token);
        var changed = Rule(Direction.Ingress, Service.Tcp(8000, 8080), new CidrPeer(Cidr.Parse("10.7.0.0/16"))) with { Id = made[0].Id, Description = "moved [x]" };
        await setting.Target.ModifyAsync(setting.Scope, setting.Group, [changed], Token);
        var read = Assert.Single((await ReadAsync(setting)).RulesOf(Direction.Ingress));
        Assert.Equal((changed.Id, changed.Key, changed.Description), (read.Id, read.Key, read.Description));
    }

    [Fact]
    public async Task Descriptions_and_tags_change_and_clear()
    {
        using var setting = await SetUpAsync("eu-south-1");
        var made = await setting.Target.AuthorizeAsync(setting.Scope, setting.Group, Direction.Ingress, Ports(1, 1), Tags.None, Token);
        await setting.Target.DescribeAsync(setting.Scope, setting.Group, Direction.Ingress, [made[0] with { Description = "why [y]" }], Token);
        await setting.Target.TagAsync(setting.Scope, [made[0].Id!.Value.Value], Tags.None.With("k", "v").With("l", ""), Token);
        var read = Assert.Single((await ReadAsync(setting)).RulesOf(Direction.Ingress));
        Assert.Equal(("why [y]", "v", ""), (read.Description, read.Tags!["k"], read.Tags["l"]));
        await setting.Target.DescribeAsync(setting.Scope, setting.Group, Direction.Ingress, [made[0] with { Description = "" }], Token);
        await setting.Target.UntagAsync(setting.Scope, [made[0].Id!.Value.Value], ["k"], Token);
        read = Assert.Single((await ReadAsync(setting)).RulesOf(Direction.Ingress));
        Assert.Equal((null, ""), (read.Tags!["k"], read.Tags["l"]));
        if (Follows(EndpointTrait.ClearsDescriptions)) Assert.Equal("", read.Description);
    }

    [Fact]
    public async Task A_duplicate_is_refused_with_EC2s_code()
    {
        using var setting = await SetUpAsync("eu-central-1");
        await setting.Target.AuthorizeAsync(setting.Scope, setting.Group, Direction.Ingress, Ports(1, 1), Tags.None, Token);
        var e = await Assert.ThrowsAsync<TargetException>(() => setting.Target.AuthorizeAsync(setting.Scope, setting.Group, Direction.Ingress, Ports(1, 2), Tags.None, Token));
        Assert.Equal((TargetOutcome.Refused, "InvalidPermission.Duplicate"), (e.Outcome, e.Code));
        Assert.NotNull(e.RequestId);
    }

    [Fact]
    public async Task Groups_that_do_not_exist_are_left_out()
    {
        using var setting = await SetUpAsync("ap-south-1");
        var groups = await setting.Target.ReadGroupsAsync(setting.Scope, [setting.Group, new("sg-0123456789abcdef0"), new("new:web")], Token);
        Assert.Equal([setting.Group], groups.Select(g => g.Id));
    }

    [Fact]
    public async Task Asking_for_permission_changes_nothing()
    {
        using var setting = await SetUpAsync("ap-south-2");
        var before = await ReadAsync(setting);
        foreach (var change in Enum.GetValues<TargetChange>()) await setting.Target.CheckPermissionAsync(setting.Scope, setting.Group, change, Token);
        var after = await ReadAsync(setting);
        Assert.Equal(before.Rules, after.Rules);
        Assert.Equal(before.Tags, after.Tags);
    }

    [Fact]
    public async Task A_change_for_another_account_is_refused_before_it_is_sent()
    {
        var calls = new List<string>();
        using var setting = await SetUpAsync("ap-east-1", calls);
        calls.Clear();
        var e = await Assert.ThrowsAsync<TargetException>(() =>
            setting.Target.AuthorizeAsync(setting.Scope with { Account = "999999999999" }, setting.Group, Direction.Ingress, Ports(1, 1), Tags.None, Token));
        Assert.Equal((TargetOutcome.Refused, "AccountMismatch"), (e.Outcome, e.Code));
        Assert.Empty(calls);
    }

    [Fact]
    public async Task The_source_and_the_target_read_the_same_groups()
    {
        using var setting = await SetUpAsync("us-west-2");
        await setting.Target.AuthorizeAsync(setting.Scope, setting.Group, Direction.Ingress, Ports(1, 5), Tags.None.With("a", "b"), Token);
        var builder = new EstateBuilder();
        Assert.Empty(await LiveEstateSource.Create(Options("us-west-2")).ReadAsync(builder, Token));
        var estate = builder.Build();
        Assert.DoesNotContain(estate.Gaps, g => g.IsReadFailure);
        var fromSource = estate.Index.Groups[setting.Group];
        var fromTarget = await ReadAsync(setting);
        Assert.Equal(fromSource.Rules, fromTarget.Rules);
        Assert.Equal((fromSource.Scope, fromSource.Name, fromSource.Vpc), (fromTarget.Scope, fromTarget.Name, fromTarget.Vpc));
    }

    private static SecurityGroupRule Rule(Direction direction, Service service, Peer peer) => new(direction, service, peer);

    private static SecurityGroupRule[] Ports(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(p => Rule(Direction.Ingress, Service.Tcp(p), new CidrPeer(Cidr.Parse("10.1.0.0/16"))))];

    private static async Task<SecurityGroup> ReadAsync(Setting setting) =>
        Assert.Single(await setting.Target.ReadGroupsAsync(setting.Scope, [setting.Group], Token));

    private async Task<Setting> SetUpAsync(string region, List<string>? calls = null)
    {
        var options = Options(region) with { Debug = line => { if (calls is not null) lock (calls) calls.Add(line); } };
        var raw = Raw(region);
        var vpc = await raw.VpcAsync();
        var group = await raw.GroupAsync(vpc, "subject");
        var opened = await LiveEstateTarget.OpenAsync([options], Token);
        var target = opened.Value ?? throw new InvalidOperationException(string.Join('\n', opened.Diagnostics));
        var account = (await raw.CallAsync("DescribeSecurityGroups", $"GroupId.1={group}")).Descendants("ownerId").First().Value;
        return new Setting(target, new Scope(account, region), new SecurityGroupId(group), vpc);
    }

    private sealed record Setting(LiveEstateTarget Target, Scope Scope, SecurityGroupId Group, string Vpc) : IDisposable
    {
        public void Dispose() => Target.Dispose();
    }
}
