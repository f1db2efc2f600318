using Sallyport.Packets;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>EC2's three service fields as one <see cref="Service"/>.</summary>
internal static class RuleFields
{
    /// <summary>False with a clause that says what is wrong.</summary>
    public static bool TryService(string? protocol, int? from, int? to, out Service service, out string? problem)
    {
        service = default;
        if (protocol is null || !Protocol.TryParse(protocol, out var parsed))
        {
            problem = $"\"{protocol}\" is not a protocol";
            return false;
        }

        return Service.TryCreate(parsed, from, to, out service, out problem);
    }
}
