using Sallyport.Aws.Ec2.Query;
using Sallyport.Diagnostics;

namespace Sallyport.Aws.Ec2;

/// <summary>What can be wrong with reaching EC2: SPD5000-SPD5999. One method a code; the sentence lives here only.</summary>
internal static class Ec2Diagnostics
{
    public static Diagnostic NoCredentials(string detail) => Error(
        "SPD5001",
        $"No AWS credentials were found ({detail.Split('\n')[0].TrimEnd(' ', ':', '\r', '.')}). Set AWS_PROFILE or --profile, sign in with `aws sso login`, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");

    public static Diagnostic UnknownProfile(string profile) => Error(
        "SPD5002", $"The profile \"{profile}\" is not in the shared AWS files, or holds no credentials. `aws configure list-profiles` shows those there are.");

    public static Diagnostic NoRegion() => Error("SPD5003", "No Region is configured. Give --region, or set AWS_REGION.");

    public static Diagnostic Unreachable(Ec2Exception failure) => Error(
        "SPD5004", $"The endpoint cannot be reached: {failure.Message}. Check the network, HTTPS_PROXY and NO_PROXY, and AWS_ENDPOINT_URL.");

    public static Diagnostic CredentialsRefused(Ec2Exception failure) => Error(
        "SPD5005", $"AWS does not accept the credentials: {failure.Message}. They may have expired or be of another partition; the machine's clock must be right within 15 minutes.");

    public static Diagnostic BadRegion(string region) => Error("SPD5006", $"\"{region}\" is not the name of a Region, such as eu-west-1, nor `all`.");

    public static Diagnostic BadEndpoint(string where, string url) => Error("SPD5007", $"{where} is \"{url}\", which is not an http or https address without query and user.");

    public static Diagnostic RoleRefused(string role, Ec2Exception failure) => Error(
        "SPD5008", $"The role {role} cannot be assumed: {failure.Message}. Its trust policy must name the caller, and ask for the external id you give.");

    public static Diagnostic RegionsUnknown(Ec2Exception failure) => Error(
        "SPD5009", $"The account's Regions cannot be listed: {failure.Message}. Name them with --region, or permit ec2:DescribeRegions.");

    public static Diagnostic BadRoleArn(string role) => Error("SPD5010", $"\"{role}\" is not the ARN of a role, such as arn:aws:iam::111122223333:role/audit.");

    public static Diagnostic NothingRead(Ec2Exception failure) => Error("SPD5011", $"No Region could be read; the first answer was: {failure.Message}.");

    public static Diagnostic BadCertificates(string file) => Error("SPD5012", $"AWS_CA_BUNDLE names \"{file}\", which cannot be read as PEM certificates.");

    private static Diagnostic Error(string code, string message) => new(code, Severity.Error, message);
}
