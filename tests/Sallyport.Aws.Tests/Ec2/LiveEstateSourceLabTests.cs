using System.Diagnostics;
using System.Text;
using Sallyport.Aws.Ec2;
using Sallyport.Estates;
using Sallyport.Estates.Snapshots;
using Sallyport.Lab;
using Sallyport.Lab.Estates;

namespace Sallyport.Aws.Tests.Ec2;

public sealed class LiveEstateSourceLabTests
{
    private const string DefaultFormat = "\"format\":\"${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}\",";

    // What `aws ec2 describe-*` prints, from the library under it, in one process: arguments are a folder and the operations.
    private const string Describer = """
        import json, sys
        try:
            import botocore.session
        except ImportError:
            sys.exit(3)
        client = botocore.session.get_session().create_client('ec2')
        for operation in sys.argv[2:]:
            answer = getattr(client, operation)()
            answer.pop('ResponseMetadata')
            with open(f'{sys.argv[1]}/{operation}.json', 'w') as file:
                json.dump(answer, file, default=lambda value: value.isoformat())
        """;

    /// <summary>Everything the source reads that needs no argument.</summary>
    private static readonly string[] Describes =
    [
        "describe_security_groups", "describe_security_group_rules", "describe_security_group_vpc_associations", "describe_network_interfaces", "describe_vpcs",
        "describe_subnets", "describe_route_tables", "describe_network_acls", "describe_managed_prefix_lists", "describe_vpc_peering_connections",
        "describe_vpc_endpoints", "describe_internet_gateways", "describe_nat_gateways", "describe_egress_only_internet_gateways", "describe_vpn_gateways",
        "describe_instances", "describe_flow_logs", "describe_vpc_block_public_access_options", "describe_vpc_block_public_access_exclusions",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_read_live_is_what_the_lab_holds()
    {
        var held = AcmeEstate.Create();
        await using var lab = await LabServer.StartAsync(new LabOptions { Estate = held, VerifySignatures = true }, Token);
        var read = await ReadAllAsync(lab);
        Assert.DoesNotContain(read.Gaps, g => g.IsReadFailure);
        Assert.Equal(held.Scopes, read.Scopes);
        Assert.Equal(Lines(held), Lines(read));
    }

    [Fact]
    public async Task Five_thousand_groups_come_in_pages_of_a_thousand()
    {
        Assert.True(LabEstates.TryCreate("large:groups=5000,rules=20000,interfaces=6000,seed=7", out var held, out var problem), problem);
        await using var lab = await LabServer.StartAsync(new LabOptions { Estate = held }, Token);
        lab.Calls.Reset();
        var read = await ReadAllAsync(lab);
        Assert.Equal(held!.SecurityGroups.Select(g => g.Id), read.SecurityGroups.Select(g => g.Id));
        Assert.Equal(held.RuleCount, read.RuleCount);
        Assert.Equal(held.NetworkInterfaces.Length, read.NetworkInterfaces.Length);
        var scopes = held.Scopes.Length;
        Assert.InRange(lab.Calls["DescribeSecurityGroups"], 5, 5 + scopes);
        Assert.InRange(lab.Calls["DescribeSecurityGroupRules"], 20, 20 + (2 * scopes) + (held.RuleCount / 1000));
    }

    [Fact]
    public async Task Faults_of_every_kind_do_not_change_what_is_read()
    {
        var held = AcmeEstate.Create();
        Assert.True(FaultSchedule.TryParse("*:error500:0.15,*:throttle503:0.15,*:drop:0.1;seed=11", out var faults, out var problem), problem);
        await using var lab = await LabServer.StartAsync(new LabOptions { Estate = held, Faults = faults }, Token);
        var read = await ReadAllAsync(lab, o => o with { MaxAttempts = 12, Time = new ManualTime(TimeProvider.System.GetUtcNow()) });
        Assert.DoesNotContain(read.Gaps, g => g.IsReadFailure);
        Assert.Equal(Lines(held), Lines(read));
    }

    [Fact]
    public async Task The_limiter_keeps_a_client_from_being_throttled()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var lab = await LabServer.StartAsync(new LabOptions { Throttle = true, Time = time }, Token);
        var lines = new List<string>();
        var opened = await AwsSession.OpenAsync(Options(lab, lab.Credentials[0]) with { Time = time, MaxAttempts = 1, Debug = l => { lock (lines) lines.Add(l); } }, Token);
        using var session = opened.Value!;
        var client = session.Client(lab.Regions[0]);
        for (var i = 0; i < 400; i++) await client.DescribeVpcsAsync(Token);
        Assert.DoesNotContain(lines, l => l.Contains("RequestLimitExceeded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_shares_its_account_with_others_slows_down_and_gets_through()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var lab = await LabServer.StartAsync(new LabOptions { Throttle = true, Time = time }, Token);
        var options = Options(lab, lab.Credentials[0]) with { Time = time, MaxAttempts = 20, Jitter = () => 0.5 };
        using var one = (await AwsSession.OpenAsync(options, Token)).Value!;
        using var two = (await AwsSession.OpenAsync(options, Token)).Value!; // with limiters of its own, as another process has
        for (var i = 0; i < 150; i++)
        {
            await one.Client(lab.Regions[0]).DescribeVpcsAsync(Token);
            await two.Client(lab.Regions[0]).DescribeVpcsAsync(Token);
        }
    }

    [Fact]
    public async Task An_assumed_role_reads_the_other_account()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { VerifySignatures = true }, Token);
        var other = lab.Credentials[1].Account;
        var builder = new EstateBuilder();
        Assert.Empty(await LiveEstateSource.Create(Options(lab, lab.Credentials[0]) with { RoleArn = $"arn:aws:iam::{other}:role/audit" }).ReadAsync(builder, Token));
        Assert.All(builder.Build().Scopes, s => Assert.Equal(other, s.Account));
    }

    [Fact]
    public async Task A_wrong_secret_is_told_at_once()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { VerifySignatures = true }, Token);
        var key = lab.Credentials[0];
        var diagnostics = await LiveEstateSource.Create(Options(lab, key with { SecretAccessKey = "wrong" })).ReadAsync(new EstateBuilder(), Token);
        Assert.Equal("SPD5005", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public async Task What_is_read_live_is_what_botocore_reads()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Estate = AcmeEstate.Create() }, Token);
        var key = lab.Credentials[0];
        var folder = Directory.CreateTempSubdirectory("sallyport-botocore-");
        try
        {
            var region = AcmeEstate.Create().Scopes.First(s => s.Account == key.Account).Region;
            var into = folder.CreateSubdirectory(Path.Combine(key.Account, region)).FullName;
            await DescribeAsync(lab, key, region, into);
            var (fromFiles, said) = await EstateSources.ReadAsync([EstateSources.Open(folder.FullName, new SourceOptions())], Token);
            Assert.DoesNotContain(said, d => d.Severity == Diagnostics.Severity.Error);
            var live = new EstateBuilder();
            Assert.Empty(await LiveEstateSource.Create(Options(lab, key) with { Regions = [region] }).ReadAsync(live, Token));
            // Entries of prefix lists have a command for each list; transit gateways are not in this estate.
            Assert.Equal(Lines(fromFiles.Build(), lists: false), Lines(live.Build(), lists: false));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Estate> ReadAllAsync(LabServer lab, Func<LiveOptions, LiveOptions>? change = null)
    {
        var builder = new EstateBuilder();
        foreach (var key in lab.Credentials)
        {
            var options = Options(lab, key) with { Regions = ["all"] };
            Assert.Empty(await LiveEstateSource.Create(change?.Invoke(options) ?? options).ReadAsync(builder, Token));
        }

        return builder.Build();
    }

    private static LiveOptions Options(LabServer lab, LabCredentials key) => new()
    {
        Environment = Live.Variables(
            ("AWS_ACCESS_KEY_ID", key.AccessKeyId), ("AWS_SECRET_ACCESS_KEY", key.SecretAccessKey), ("AWS_ENDPOINT_URL", lab.Endpoint.ToString()), ("AWS_REGION", lab.Regions[0])),
        Jitter = () => 0,
    };

    /// <summary>The snapshot without its gaps. EC2 writes the default format of a flow log out; here it is left out.</summary>
    private static List<string> Lines(Estate estate, bool lists = true)
    {
        using var bytes = new MemoryStream();
        SnapshotWriter.Write(estate, bytes);
        var lines = Encoding.UTF8.GetString(bytes.ToArray()).Replace(DefaultFormat, string.Empty, StringComparison.Ordinal).Split('\n')
            .TakeWhile(l => !l.Contains("\"gaps\":", StringComparison.Ordinal)).ToList();
        if (!lists) lines.RemoveAll(l => l.Contains("\"id\":\"pl-", StringComparison.Ordinal));
        return lines;
    }

    private static async Task DescribeAsync(LabServer lab, LabCredentials key, string region, string folder)
    {
        var start = new ProcessStartInfo("python3", ["-c", Describer, folder, .. Describes]) { UseShellExecute = false, RedirectStandardError = true };
        foreach (var (name, value) in lab.Environment(key.Account, region)) start.Environment[name] = value;
        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not on the PATH");
            throw;
        }

        using (process!)
        {
            var error = await process!.StandardError.ReadToEndAsync(Token);
            await process.WaitForExitAsync(Token);
            Assert.SkipWhen(process.ExitCode == 3, "botocore is not installed in python3");
            Assert.True(process.ExitCode == 0, error);
        }
    }
}
