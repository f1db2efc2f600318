using Sallyport.Aws.Tests.Ec2;
using Sallyport.Lab;
using Sallyport.Lab.Estates;

namespace Sallyport.Cli.Tests;

public sealed class MainJobTests(MotoServer moto) : IClassFixture<MotoServer>
{
    [Fact]
    public async Task The_main_job_runs_on_the_lab_with_only_the_environment_it_prints()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Estate = AcmeEstate.Create(), VerifySignatures = true }, CancellationToken.None);
        using var job = new MainJob(lab.Environment(lab.Credentials[0].Account).ToDictionary(), ["all"]);
        await job.RunAsync();
    }

    [Fact]
    public async Task The_main_job_runs_on_every_account_of_the_lab_at_once_by_role()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Estate = AcmeEstate.Create() }, CancellationToken.None);
        var environment = lab.Environment(lab.Credentials[0].Account).ToDictionary();
        var run = await Run.Sallyport(
            ["audit", "live", "--region", "all", "--fail-on", "none", "-o", "json", .. lab.Credentials.SelectMany(c => new[] { "--role-arn", $"arn:aws:iam::{c.Account}:role/auditor" })],
            environment);
        Assert.Equal(ExitCode.Done, run.Code);
        using var json = System.Text.Json.JsonDocument.Parse(run.Out);
        Assert.Equal(2, json.RootElement.GetProperty("scope").GetProperty("accounts").GetArrayLength());

        // Alarms are read from files only, and one reading does not tell how old a rule is; everything else was read.
        var unknown = json.RootElement.GetProperty("unknown").EnumerateArray().Select(u => u.GetProperty("rule").GetString()).Distinct();
        Assert.Empty(unknown.Except(["SP-MON-01", "SP-MON-02", "SP-SPR-06"]));
    }

    [Fact]
    public async Task The_main_job_runs_on_moto()
    {
        Assert.SkipWhen(moto.Endpoint is null, moto.Missing);
        var environment = new Dictionary<string, string>
        {
            ["AWS_ACCESS_KEY_ID"] = "testing",
            ["AWS_SECRET_ACCESS_KEY"] = "testing",
            ["AWS_ENDPOINT_URL"] = moto.Endpoint.ToString(),
            ["AWS_REGION"] = "eu-west-1",
        };
        await SeedAsync(moto.Endpoint);
        using var job = new MainJob(environment, ["eu-west-1"]);
        await job.RunAsync();
    }

    [Fact]
    public async Task Many_new_rules_on_one_group_and_direction_cost_one_authorize_call()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Estate = AcmeEstate.Create() }, CancellationToken.None);
        var environment = lab.Environment(lab.Credentials[0].Account).ToDictionary();
        var folder = Directory.CreateTempSubdirectory("sallyport-one-call-");
        try
        {
            var file = Path.Combine(folder.FullName, "c.yaml");
            var plan = Path.Combine(folder.FullName, "plan.json");
            var search = AcmeEstate.Create().SecurityGroups.First(g => g.Name == "shop-search");
            var ports = string.Join(", ", Enumerable.Range(0, 40).Select(n => $"tcp/{9300 + (2 * n)}"));
            await File.WriteAllTextAsync(file, $$$"""
                version: 1
                groups: {search: {sg: {{{search.Id}}}}}
                externals: {office: {cidrs: [192.0.2.0/28]}}
                connections:
                  office-to-search: {from: office, to: search, services: [{{{ports}}}], reason: "forty ports"}
                settings: {unmanagedRules: report}
                """);
            Assert.Equal(ExitCode.Different, (await Run.Sallyport(["plan", file, "live", "--region", search.Scope.Region, "--out", plan], environment)).Code);
            lab.Calls.Reset();
            Assert.Equal(ExitCode.Done, (await Run.Sallyport(["apply", plan, "--yes"], environment)).Code);

            // One to change; one DryRun of it and one of the tagging ask for permission.
            Assert.Equal(2, lab.Calls["AuthorizeSecurityGroupIngress"]);
            Assert.Equal(1, lab.Calls["CreateTags"]);
            Assert.All(lab.Calls.ToSorted(), c => Assert.True(c.Key.StartsWith("Describe", StringComparison.Ordinal) || c.Key is "AuthorizeSecurityGroupIngress" or "CreateTags" or "GetCallerIdentity", c.Key));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task SeedAsync(Uri endpoint)
    {
        using var http = new HttpClient { BaseAddress = endpoint };
        var vpc = await Call("CreateVpc", "vpcId", ("CidrBlock", "10.9.0.0/16"));
        var lb = await Group("lb");
        var web = await Group("web");
        var db = await Group("db");
        await Permit(lb, 443, ("IpRanges.1.CidrIp", "0.0.0.0/0"));
        await Permit(web, 80, ("Groups.1.GroupId", lb));
        await Permit(db, 3306, ("Groups.1.GroupId", web));

        Task<string> Group(string name) => Call("CreateSecurityGroup", "groupId", ("GroupName", name), ("GroupDescription", name), ("VpcId", vpc));

        Task<string> Permit(string group, int port, (string Key, string Value) peer) => Call(
            "AuthorizeSecurityGroupIngress", "return", ("GroupId", group), ("IpPermissions.1.IpProtocol", "tcp"),
            ("IpPermissions.1.FromPort", $"{port}"), ("IpPermissions.1.ToPort", $"{port}"), ($"IpPermissions.1.{peer.Key}", peer.Value));

        async Task<string> Call(string action, string element, params (string Key, string Value)[] parameters)
        {
            using var body = new FormUrlEncodedContent([new("Action", action), new("Version", "2016-11-15"), .. parameters.Select(p => new KeyValuePair<string, string>(p.Key, p.Value))]);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = body };
            request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=testing/20260101/eu-west-1/ec2/aws4_request, SignedHeaders=host, Signature=0");
            using var answer = await http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            var start = text.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
            return text[start..text.IndexOf('<', start)];
        }
    }
}
