using System.Collections.Frozen;

namespace Sallyport.Lab.Wire;

/// <summary>How one service wraps answers: EC2 flat, STS in a result element; and each with its own error document.</summary>
internal sealed record ServiceProtocol(string Name, string Version, string XmlNamespace, FrozenDictionary<string, Operation> Operations)
{
    public static ServiceProtocol Ec2 { get; } =
        new("ec2", "2016-11-15", "http://ec2.amazonaws.com/doc/2016-11-15/", Wire.Operations.Ec2);

    public static ServiceProtocol Sts { get; } =
        new("sts", "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/", Wire.Operations.Sts);

    public async ValueTask WriteSuccessAsync(ReplyWriter writer, string action, string requestId, IReply reply, CancellationToken cancellationToken)
    {
        writer.OpenRoot($"{action}Response", XmlNamespace);
        if (this == Ec2)
        {
            writer.Text("requestId", requestId);
            await reply.WriteAsync(writer, cancellationToken);
        }
        else
        {
            writer.Open($"{action}Result");
            await reply.WriteAsync(writer, cancellationToken);
            writer.Close($"{action}Result");
            writer.Open("ResponseMetadata");
            writer.Text("RequestId", requestId);
            writer.Close("ResponseMetadata");
        }

        writer.Close($"{action}Response");
    }

    public void WriteError(ReplyWriter writer, Refusal refusal, string requestId)
    {
        if (this == Ec2)
        {
            writer.OpenRoot("Response", null);
            writer.Open("Errors");
            WriteFault(writer, refusal, null);
            writer.Close("Errors");
            writer.Text("RequestID", requestId);
            writer.Close("Response");
            return;
        }

        writer.OpenRoot("ErrorResponse", XmlNamespace);
        WriteFault(writer, refusal, refusal.Status >= 500 ? "Receiver" : "Sender");
        writer.Text("RequestId", requestId);
        writer.Close("ErrorResponse");
    }

    private static void WriteFault(ReplyWriter writer, Refusal refusal, string? type)
    {
        writer.Open("Error");
        writer.Text("Type", type);
        writer.Text("Code", refusal.Code);
        writer.Text("Message", refusal.Message);
        writer.Close("Error");
    }
}
