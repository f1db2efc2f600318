using Sallyport.Aws.Credentials;
using Sallyport.Aws.Ec2;
using Sallyport.Aws.Ec2.Query;

namespace Sallyport.Aws.Tests.Ec2;

/// <summary>A client of a scripted endpoint, with a clock whose waits take no time.</summary>
internal sealed class Scripted : IDisposable
{
    public const string Account = "111122223333";
    public const string Secret = "very/secret/key";
    public const string Token = "very+secret+token";
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public Scripted(Uri endpoint, int attempts = 4, TimeSpan? timeout = null, TimeProvider? time = null)
    {
        Time = time as ManualTime ?? new ManualTime();
        var channel = new QueryChannel(_http, new ChannelOptions(
            AwsCredentials.Static("AKIDEXAMPLE", Secret, Token).GetAsync,
            new RetryPolicy(attempts, () => 0.5),
            new RequestLimiters(time ?? Time),
            time ?? Time,
            timeout ?? TimeSpan.FromSeconds(30),
            "test",
            line => { lock (Lines) Lines.Add(line); }))
        {
            Account = Account,
        };
        Client = new Ec2Client(channel, CallTarget.Ec2("eu-west-1", endpoint));
        Target = new LiveEstateTarget(_ => Client, time ?? Time);
    }

    public Ec2Client Client { get; }

    public LiveEstateTarget Target { get; }

    public ManualTime Time { get; }

    public List<string> Lines { get; } = [];

    public void Dispose()
    {
        Target.Dispose();
        _http.Dispose();
    }
}
