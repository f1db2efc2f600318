using System.Globalization;
using System.Xml;
using Sallyport.Aws.Ec2.Query;

namespace Sallyport.Aws.Credentials;

/// <summary>
/// Credentials of an assumed role (STS API: AssumeRole), renewed five minutes before they expire. Asked for through our own channel
/// so that endpoint, proxy, certificates, retries and time-outs are those of every other call.
/// </summary>
internal sealed class AssumedRole : IDisposable
{
    private static readonly Operation AssumeRole = Operation.Read("AssumeRole", 0);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private readonly QueryChannel _source;
    private readonly CallTarget _sts;
    private readonly TimeProvider _time;
    private readonly QueryParameters _form;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private (SigningKey Key, DateTimeOffset Until)? _current;

    public AssumedRole(QueryChannel source, CallTarget sts, TimeProvider time, string roleArn, string sessionName, string? externalId)
    {
        _source = source;
        _sts = sts;
        _time = time;
        _form = new QueryParameters().Add("RoleArn", roleArn).Add("RoleSessionName", sessionName).Add("ExternalId", externalId);
    }

    /// <summary>Throws <see cref="Ec2Exception"/> when STS refuses.</summary>
    public async ValueTask<SigningKey> GetAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_current is { } current && current.Until - Margin > _time.GetUtcNow()) return current.Key;
            var fresh = await _source.SendAsync(_sts, AssumeRole, _form, Read, cancellationToken);
            _current = fresh;
            return fresh.Key;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private static (SigningKey Key, DateTimeOffset Until) Read(ResponseReader xml)
    {
        string? access = null, secret = null, token = null, until = null;
        foreach (var name in xml.Children())
        {
            if (name != "AssumeRoleResult") continue;
            foreach (var part in xml.Children())
            {
                if (part != "Credentials") continue;
                foreach (var field in xml.Children())
                {
                    switch (field)
                    {
                        case "AccessKeyId": access = xml.OptionalText(); break;
                        case "SecretAccessKey": secret = xml.OptionalText(); break;
                        case "SessionToken": token = xml.OptionalText(); break;
                        case "Expiration": until = xml.OptionalText(); break;
                    }
                }
            }
        }

        return access is not null && secret is not null && DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires)
            ? (new SigningKey(access, secret, token), expires)
            : throw new XmlException("The answer holds no credentials.");
    }
}
