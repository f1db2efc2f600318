using Sallyport.Connections;

namespace Sallyport.Anomalies.Declarations;

/// <summary>
/// EXP/OWN: exceptions past their last day or approved by nobody, connections without an owner, residuals of a group without an owner.
/// </summary>
internal static class ExpiredOrUnowned
{
    private const AnomalyKind Kind = AnomalyKind.ExpiredOrUnowned;

    public static void Find(ConnectionsFile file, DateOnly? today, AnomalySink sink)
    {
        foreach (var exception in file.Exceptions)
        {
            if (today is { } day && exception.Expires < day)
            {
                sink.Report(
                    Kind, exception.Id, $"The exception \"{exception.Id}\" of the test \"{exception.Test}\" expired on {exception.Expires:yyyy-MM-dd}.",
                    "Renew it with a later date, or take it out so that the test holds again.", exception.At);
            }

            if (string.IsNullOrWhiteSpace(exception.ApprovedBy))
            {
                sink.Report(Kind, exception.Id, $"Nobody approved the exception \"{exception.Id}\" of the test \"{exception.Test}\".", "Say who approves it.", exception.At);
            }
        }

        foreach (var connection in file.Connections)
        {
            if (string.IsNullOrWhiteSpace(connection.Owner)) sink.Report(Kind, connection.Id, $"The connection \"{connection.Id}\" has no owner.", "Name an owner.", connection.At);
        }

        var owners = file.Groups.Where(g => !string.IsNullOrWhiteSpace(g.Owner)).Select(g => g.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var residual in file.Residuals)
        {
            if (owners.Contains(residual.Group)) continue;
            var name = $"{residual.Group} {residual.Direction.ToString().ToLowerInvariant()} {residual.Peer}";
            sink.Report(Kind, name, $"The residual \"{name}\" has no owner, because the group \"{residual.Group}\" has none.", "Name an owner of the group.", residual.At);
        }
    }
}
