using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Sallyport.Aws.Ec2.Query;

namespace Sallyport.Aws.Tests.Ec2;

public sealed class SignatureV4Tests
{
    private const string ContentType = "application/x-www-form-urlencoded; charset=utf-8";
    private static readonly DateTimeOffset Now = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    // botocore's signer, with its clock set; one JSON request a line in, one Authorization header a line out.
    private const string Signer = """
        import sys, json, datetime
        try:
            import botocore.auth as auth, botocore.compat as compat
            from botocore.awsrequest import AWSRequest
            from botocore.credentials import Credentials
        except ImportError:
            sys.exit(3)
        fixed = datetime.datetime(2026, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)
        class Clock(datetime.datetime):
            @classmethod
            def utcnow(cls): return fixed.replace(tzinfo=None)
            @classmethod
            def now(cls, tz=None): return fixed if tz else fixed.replace(tzinfo=None)
        class Module: pass
        for name in dir(datetime): setattr(Module, name, getattr(datetime, name))
        Module.datetime = Clock
        auth.datetime = Module
        if hasattr(auth, 'get_current_datetime'): auth.get_current_datetime = lambda remove_tzinfo=True: fixed.replace(tzinfo=None) if remove_tzinfo else fixed
        for line in sys.stdin:
            r = json.loads(line)
            request = AWSRequest(method='POST', url=r['url'], data=r['body'].encode(), headers={'Content-Type': r['type']})
            auth.SigV4Auth(Credentials(r['key'], r['secret'], r['token']), r['service'], r['region']).add_auth(request)
            print(json.dumps({'authorization': request.headers['Authorization'], 'date': request.headers['X-Amz-Date'], 'token': request.headers.get('X-Amz-Security-Token')}))
        """;

    public static TheoryData<string, string, string, string, string?> Requests => new()
    {
        { "https://ec2.eu-west-1.amazonaws.com/", "ec2", "eu-west-1", "Action=DescribeVpcs&Version=2016-11-15", null },
        { "https://ec2.eu-west-1.amazonaws.com/", "ec2", "eu-west-1", "Action=X&Version=2016-11-15&D=a%20b%2B%C3%A9%26%3D", "FwoGZXIvYXdzEXAMPLE//token+==" },
        { "http://127.0.0.1:45678/", "ec2", "us-gov-west-1", "Action=DescribeVpcs&Version=2016-11-15", null },
        { "http://localhost:80/", "sts", "us-east-1", "Action=GetCallerIdentity&Version=2011-06-15", "tok" },
        { "https://proxy.example.com:8443/aws/ec2 x/", "ec2", "cn-north-1", "Action=DescribeVpcs&Version=2016-11-15", null },
        { "https://ec2.eu-west-1.amazonaws.com/", "ec2", "eu-west-1", "", null },
    };

    [Fact]
    public void Our_signatures_are_botocores()
    {
        var requests = Requests.Select(r => r.Data).ToList();
        var lines = requests.Select(r => JsonSerializer.Serialize(new { url = new Uri(r.Item1).AbsoluteUri, service = r.Item2, region = r.Item3, body = r.Item4, token = r.Item5, type = ContentType, key = "AKIDEXAMPLE", secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" }));
        var answers = Botocore(lines);
        Assert.Equal(requests.Count, answers.Length);
        foreach (var (request, answer) in requests.Zip(answers))
        {
            var ours = Sign(request.Item1, request.Item2, request.Item3, request.Item4, request.Item5);
            using var theirs = JsonDocument.Parse(answer);
            Assert.Equal(theirs.RootElement.GetProperty("date").GetString(), ours["X-Amz-Date"]);
            Assert.Equal(theirs.RootElement.GetProperty("token").GetString(), ours.GetValueOrDefault("X-Amz-Security-Token"));
            Assert.Equal(theirs.RootElement.GetProperty("authorization").GetString(), ours["Authorization"]);
        }
    }

    [Fact]
    public void A_signature_depends_on_every_part()
    {
        var one = Sign("https://a.example.com/", "ec2", "eu-west-1", "b", null)["Authorization"];
        string[] others =
        [
            Sign("https://b.example.com/", "ec2", "eu-west-1", "b", null)["Authorization"],
            Sign("https://a.example.com/p", "ec2", "eu-west-1", "b", null)["Authorization"],
            Sign("https://a.example.com/", "sts", "eu-west-1", "b", null)["Authorization"],
            Sign("https://a.example.com/", "ec2", "eu-west-2", "b", null)["Authorization"],
            Sign("https://a.example.com/", "ec2", "eu-west-1", "c", null)["Authorization"],
            Sign("https://a.example.com/", "ec2", "eu-west-1", "b", "t")["Authorization"],
        ];
        Assert.Equal(7, others.Append(one).Select(a => a[(a.IndexOf("Signature=", StringComparison.Ordinal) + 10)..]).Distinct().Count());
    }

    [Fact]
    public void Credentials_do_not_print() => Assert.DoesNotContain("secret", $"{new SigningKey("AKID", "secret", "token")}", StringComparison.Ordinal);

    private static Dictionary<string, string> Sign(string url, string service, string region, string body, string? token) =>
        SignatureV4.Sign(
            new SigningRequest("POST", new Uri(url), region, service, ContentType, Encoding.UTF8.GetBytes(body)),
            new SigningKey("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token),
            Now).ToDictionary(h => h.Key, h => h.Value);

    private static string[] Botocore(IEnumerable<string> lines)
    {
        Process? python;
        try
        {
            python = Process.Start(new ProcessStartInfo("python3", ["-c", Signer]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not on the PATH");
            throw;
        }

        using (python!)
        {
            foreach (var line in lines) python!.StandardInput.Write(line + "\n");
            python!.StandardInput.Close();
            var answer = python.StandardOutput.ReadToEnd();
            var said = python.StandardError.ReadToEnd();
            python.WaitForExit();
            Assert.SkipWhen(python.ExitCode == 3, "botocore is not installed in python3");
            Assert.True(python.ExitCode == 0, string.Create(CultureInfo.InvariantCulture, $"python3 ended with {python.ExitCode}: {said}"));
            return answer.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }
}
