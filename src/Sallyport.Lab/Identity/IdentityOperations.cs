using System.Globalization;
using System.Text.RegularExpressions;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Identity;

/// <summary>The two STS actions that a client of EC2 needs (STS API version 2011-06-15).</summary>
internal static class IdentityOperations
{
    public static IEnumerable<Operation> All =>
    [
        Operation.Read("GetCallerIdentity", string.Empty, GetCallerIdentity),
        Operation.Read(
            "AssumeRole",
            "RoleArn*,RoleSessionName*,DurationSeconds:int[900..43200],ExternalId,Policy,PolicyArns.{member.n.{arn}},Tags.{member.n.{Key,Value}},"
            + "TransitiveTagKeys.{member.n},SerialNumber,TokenCode,SourceIdentity,ProvidedContexts.{member.n.{ProviderArn,ContextAssertion}}",
            AssumeRole),
    ];

    private static Reply GetCallerIdentity(Call call)
    {
        var caller = call.Caller;
        return new Reply(writer =>
        {
            writer.Text("Arn", caller.Arn);
            writer.Text("UserId", caller.UserId);
            writer.Text("Account", caller.Account);
        });
    }

    private static Reply AssumeRole(Call call)
    {
        var arn = call.Input.Required("RoleArn");
        var session = call.Input.Required("RoleSessionName");
        var match = Regex.Match(arn, "^arn:aws[a-z-]*:iam::([0-9]{12}):role/((?:[!-~]*/)?)([A-Za-z0-9_+=,.@-]{1,64})$");
        if (!match.Success) throw Refusals.ValidationError($"{arn} is invalid");
        if (!Regex.IsMatch(session, @"^[A-Za-z0-9_+=,.@-]{2,64}\z"))
        {
            throw Refusals.ValidationError($"Value '{session}' at 'roleSessionName' failed to satisfy constraint: 2 to 64 of [\\w+=,.@-]");
        }

        var (account, role) = (match.Groups[1].Value, match.Groups[3].Value);
        if (!call.World.Accounts.Contains(account))
        {
            throw Refusals.AccessDenied($"User: {call.Caller.Arn} is not authorized to perform: sts:AssumeRole on resource: {arn}");
        }

        var expires = call.Now.AddSeconds(call.Input.Number("DurationSeconds") ?? 3600);
        var (key, secret, token) = KeyRing.Assume(account, role, session, expires);
        return new Reply(writer =>
        {
            writer.Open("AssumedRoleUser");
            writer.Text("AssumedRoleId", $"{KeyRing.RoleId(account, role)}:{session}");
            writer.Text("Arn", $"arn:aws:sts::{account}:assumed-role/{role}/{session}");
            writer.Close("AssumedRoleUser");
            writer.Open("Credentials");
            writer.Text("AccessKeyId", key);
            writer.Text("SecretAccessKey", secret);
            writer.Text("SessionToken", token);
            writer.Text("Expiration", expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            writer.Close("Credentials");
        });
    }
}
