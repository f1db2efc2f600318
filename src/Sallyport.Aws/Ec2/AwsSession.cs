using System.Net;
using System.Net.Security;
using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Amazon.Runtime.CredentialManagement;
using Sallyport.Aws.Credentials;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Diagnostics;

namespace Sallyport.Aws.Ec2;

/// <summary>One account's credentials, endpoints and connections. Gives a client for each Region.</summary>
public sealed class AwsSession : IDisposable
{
    private const int DefaultAttempts = 5;
    private readonly HttpClient _http;
    private readonly QueryChannel _channel;
    private readonly ServiceEndpoints _endpoints;
    private readonly AssumedRole? _role;

    private AwsSession(HttpClient http, QueryChannel channel, ServiceEndpoints endpoints, string homeRegion, AssumedRole? role)
    {
        _http = http;
        _channel = channel;
        _endpoints = endpoints;
        _role = role;
        HomeRegion = homeRegion;
    }

    /// <summary>Twelve digits; empty when the endpoint would not say.</summary>
    public string Account => _channel.Account;

    /// <summary>The configured Region, or the first one asked for.</summary>
    public string HomeRegion { get; }

    /// <summary>
    /// Finds credentials, Region and endpoints and asks whose credentials they are. Reports SPD5001 to SPD5008, SPD5010 and SPD5012.
    /// </summary>
    public static async Task<Result<AwsSession>> OpenAsync(LiveOptions options, CancellationToken cancellationToken)
    {
        var diagnostics = new List<Diagnostic>();
        var profile = AwsCredentials.Profile(options);
        if (options.Profile is { } named && profile is null) return Result<AwsSession>.Failed(Ec2Diagnostics.UnknownProfile(named));
        var home = Home(options, profile, diagnostics);
        var endpoints = ServiceEndpoints.Resolve(options, profile, diagnostics);
        if (options.RoleArn is { } arn && !IsRoleArn(arn)) diagnostics.Add(Ec2Diagnostics.BadRoleArn(arn));
        if (home is null || diagnostics.Count > 0) return Result<AwsSession>.Failed([.. diagnostics]);
        var credentials = await AwsCredentials.FindAsync(options, diagnostics).WaitAsync(cancellationToken);
        var http = Http(options, diagnostics);
        if (credentials is null || diagnostics.Count > 0)
        {
            http.Dispose();
            return Result<AwsSession>.Failed([.. diagnostics]);
        }

        var limiters = options.Limiters ?? new RequestLimiters(options.Time);
        var sts = CallTarget.Sts(home, endpoints.Sts(home));
        var channel = Channel(credentials.GetAsync);
        AssumedRole? role = null;
        if (options.RoleArn is { } roleArn)
        {
            role = new AssumedRole(channel, sts, options.Time, roleArn, options.RoleSessionName, options.RoleExternalId);
            channel = Channel(role.GetAsync);
        }

        var session = new AwsSession(http, channel, endpoints, home, role);
        var refused = await session.IdentifyAsync(role, options.RoleArn, sts, cancellationToken);
        if (refused is null) return Result<AwsSession>.Ok(session);
        session.Dispose();
        return Result<AwsSession>.Failed(refused);

        QueryChannel Channel(Func<CancellationToken, ValueTask<SigningKey>> keys) => new(
            http,
            new ChannelOptions(keys, new RetryPolicy(Attempts(options, profile), options.Jitter), limiters, options.Time, options.Timeout, UserAgent(), OneAtATime(options.Debug)));
    }

    /// <summary>A client of one Region. Throws <see cref="ArgumentException"/> when that is not the name of a Region.</summary>
    public Ec2Client Client(string region)
    {
        if (!RegionName.IsValid(region)) throw new ArgumentException($"\"{region}\" is not the name of a Region.", nameof(region));
        return new Ec2Client(_channel, CallTarget.Ec2(region, _endpoints.Ec2(region)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _role?.Dispose();
        _http.Dispose();
    }

    /// <summary>Learns the account; a diagnostic when nothing will work.</summary>
    private async Task<Diagnostic?> IdentifyAsync(AssumedRole? role, string? roleArn, CallTarget sts, CancellationToken cancellationToken)
    {
        try
        {
            if (role is not null) await role.GetAsync(cancellationToken);
        }
        catch (Ec2Exception e)
        {
            return e.Code == "CredentialsUnavailable" ? Ec2Diagnostics.NoCredentials(e.AwsMessage)
                : e.Kind == FailureKind.NotSent ? Ec2Diagnostics.Unreachable(e)
                : Ec2Diagnostics.RoleRefused(roleArn!, e);
        }

        try
        {
            _channel.Account = await _channel.SendAsync(sts, Operations.GetCallerIdentity, new QueryParameters(), ReadAccount, cancellationToken);
            return null;
        }
        catch (Ec2Exception e) when (e.Code == "CredentialsUnavailable")
        {
            return Ec2Diagnostics.NoCredentials(e.AwsMessage);
        }
        catch (Ec2Exception e) when (ErrorCodes.IsPermission(e.Code) && e.Code is not ("AccessDenied" or "UnauthorizedOperation"))
        {
            return Ec2Diagnostics.CredentialsRefused(e);
        }
        catch (Ec2Exception e)
        {
            // STS may be closed to us (no route, no permission, an endpoint without it) while EC2 is open: the groups tell their owner.
            return await LearnFromGroupsAsync(e, cancellationToken);
        }
    }

    private async Task<Diagnostic?> LearnFromGroupsAsync(Ec2Exception sts, CancellationToken cancellationToken)
    {
        try
        {
            var groups = await Client(HomeRegion).DescribeSecurityGroupsAsync(cancellationToken);
            _channel.Account = groups.Select(g => g.Scope.Account).FirstOrDefault(a => a.Length > 0) ?? string.Empty;
            return null;
        }
        catch (Ec2Exception e)
        {
            return e.Kind is FailureKind.NotSent or FailureKind.TimedOut or FailureKind.Dropped or FailureKind.BadAnswer ? Ec2Diagnostics.Unreachable(e)
                : ErrorCodes.IsPermission(e.Code) && e.Code != "UnauthorizedOperation" ? Ec2Diagnostics.CredentialsRefused(e)
                : e.Kind == FailureKind.Refused ? null // reading says what is refused, Region by Region
                : Ec2Diagnostics.Unreachable(sts);
        }
    }

    private static string ReadAccount(ResponseReader xml)
    {
        var account = string.Empty;
        foreach (var name in xml.Children())
        {
            if (name != "GetCallerIdentityResult") continue;
            foreach (var field in xml.Children())
            {
                if (field == "Account") account = xml.Text();
            }
        }

        return account;
    }

    private static string? Home(LiveOptions options, CredentialProfile? profile, List<Diagnostic> diagnostics)
    {
        foreach (var bad in options.Regions.Where(r => r != RegionName.All && !RegionName.IsValid(r))) diagnostics.Add(Ec2Diagnostics.BadRegion(bad));
        var configured = NotEmpty(options.Environment("AWS_REGION")) ?? NotEmpty(options.Environment("AWS_DEFAULT_REGION")) ?? profile?.Region?.SystemName;
        if (configured is not null && !RegionName.IsValid(configured)) diagnostics.Add(Ec2Diagnostics.BadRegion(configured));
        var home = options.Regions.FirstOrDefault(r => r != RegionName.All) ?? configured ?? (options.Regions.Contains(RegionName.All) ? "us-east-1" : null);
        if (home is null) diagnostics.Add(Ec2Diagnostics.NoRegion());
        return home;

        static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    private static int Attempts(LiveOptions options, CredentialProfile? profile) =>
        options.MaxAttempts is { } given and >= 1 ? given
        : int.TryParse(options.Environment("AWS_MAX_ATTEMPTS"), out var variable) && variable >= 1 ? variable
        : profile?.MaxAttempts is { } shared and >= 1 ? shared
        : DefaultAttempts;

    private static bool IsRoleArn(string text)
    {
        var parts = text.Split(':');
        return parts is ["arn", _, "iam", "", { Length: 12 } account, var role] && account.All(char.IsAsciiDigit)
            && role.StartsWith("role/", StringComparison.Ordinal) && role.Length > 5 && text.Length <= 2048;
    }

    private static HttpClient Http(LiveOptions options, List<Diagnostic> diagnostics)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // a redirect would take the signed request elsewhere
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ConnectTimeout = options.Timeout < TimeSpan.FromSeconds(10) ? options.Timeout : TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20), // shorter than the service's, so that fewer changes meet a closing connection
            MaxConnectionsPerServer = 32,
        };
        if (options.Environment("AWS_CA_BUNDLE") is { Length: > 0 } bundle) Trust(handler.SslOptions, bundle, diagnostics);
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 1 };
    }

    private static void Trust(SslClientAuthenticationOptions ssl, string bundle, List<Diagnostic> diagnostics)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(bundle);
            ssl.CertificateChainPolicy = policy;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Ec2Diagnostics.BadCertificates(bundle));
        }
    }

    // Regions are read in parallel, and what takes the lines is a console more often than not.
    private static Action<string>? OneAtATime(Action<string>? debug)
    {
        if (debug is null) return null;
        var gate = new Lock();
        return line =>
        {
            lock (gate) debug(line);
        };
    }

    private static string UserAgent()
    {
        var version = typeof(AwsSession).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        return $"sallyport/{version ?? "0"}";
    }
}
