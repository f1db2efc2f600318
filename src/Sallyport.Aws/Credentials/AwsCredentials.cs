using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Sallyport.Aws.Ec2;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Aws.Credentials;

/// <summary>
/// Finds credentials where the AWS CLI does, in its order: the named profile; keys in the environment; then AWSSDK.Core's chain
/// (web identity, default profile, SSO, process, container, machine role).
/// </summary>
internal sealed class AwsCredentials
{
    private readonly AWSCredentials _credentials;

    private AwsCredentials(AWSCredentials credentials) => _credentials = credentials;

    /// <summary>Credentials that do not change; for tests and keys in the environment.</summary>
    public static AwsCredentials Static(string accessKey, string secretKey, string? token) =>
        new(string.IsNullOrEmpty(token) ? new BasicAWSCredentials(accessKey, secretKey) : new SessionAWSCredentials(accessKey, secretKey, token));

    /// <summary>The profile named by option or environment; null when neither names one that exists.</summary>
    public static CredentialProfile? Profile(LiveOptions options)
    {
        var name = options.Profile ?? options.Environment("AWS_PROFILE") ?? options.Environment("AWS_DEFAULT_PROFILE") ?? "default";
        return new CredentialProfileStoreChain().TryGetProfile(name, out var profile) ? profile : null;
    }

    /// <summary>Null with a diagnostic added when there are none.</summary>
    public static async Task<AwsCredentials?> FindAsync(LiveOptions options, List<Diagnostic> diagnostics)
    {
        if (options.Profile is { } name)
        {
            try
            {
                if (new CredentialProfileStoreChain().TryGetAWSCredentials(name, out var found)) return new AwsCredentials(found);
            }
            catch (Exception e) when (IsSdkFailure(e))
            {
                diagnostics.Add(Ec2Diagnostics.NoCredentials(e.Message));
                return null;
            }

            diagnostics.Add(Ec2Diagnostics.UnknownProfile(name));
            return null;
        }

        if (options.Environment("AWS_ACCESS_KEY_ID") is { Length: > 0 } access && options.Environment("AWS_SECRET_ACCESS_KEY") is { Length: > 0 } secret)
        {
            return Static(access, secret, options.Environment("AWS_SESSION_TOKEN"));
        }

        try
        {
            return new AwsCredentials(await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync());
        }
        catch (Exception e) when (IsSdkFailure(e))
        {
            diagnostics.Add(Ec2Diagnostics.NoCredentials(e.Message));
            return null;
        }
    }

    /// <summary>Credentials for one request, refreshed by the SDK when they are about to expire.</summary>
    public async ValueTask<SigningKey> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            var current = await _credentials.GetCredentialsAsync().WaitAsync(cancellationToken);
            return new SigningKey(current.AccessKey, current.SecretKey, current.UseToken ? current.Token : null);
        }
        catch (Exception e) when (IsSdkFailure(e))
        {
            throw new Ec2Exception(FailureKind.NotSent, "GetCredentials", new Scope(string.Empty, string.Empty), "CredentialsUnavailable", e.Message, inner: e);
        }
    }

    // The SDK's providers have no common base of their failures; these are the ones its sources throw.
    private static bool IsSdkFailure(Exception e) =>
        e is AmazonClientException or AmazonServiceException or ProcessAWSCredentialException or HttpRequestException or IOException
            or InvalidOperationException or ArgumentException or InvalidDataException or UnauthorizedAccessException;
}
