using System.Xml;

namespace Sallyport.Aws.Ec2.Query;

/// <summary>
/// An error answer: EC2's <c>Response/Errors/Error</c> with <c>RequestID</c>, or STS's <c>ErrorResponse/Error</c> with
/// <c>RequestId</c>. Only the first error counts.
/// </summary>
internal sealed record ErrorDocument(string Code, string Message, string? RequestId)
{
    private const int MaxCode = 128;
    private const int MaxMessage = 1000;

    /// <summary>Reads an error answer; null when the body is something else.</summary>
    public static ErrorDocument? TryRead(Stream body)
    {
        try
        {
            using var reader = new ResponseReader(body);
            if (reader.Root() is not ("Response" or "ErrorResponse")) return null;
            return Read(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>Reads the children of a root that says it is an error; null when there is no code.</summary>
    public static ErrorDocument? Read(ResponseReader reader)
    {
        string? code = null;
        var message = string.Empty;
        string? requestId = null;
        foreach (var name in reader.Children())
        {
            switch (name)
            {
                case "Errors":
                    foreach (var inner in reader.Children())
                    {
                        if (inner == "Error" && code is null) (code, message) = ReadError(reader);
                    }

                    break;
                case "Error" when code is null:
                    (code, message) = ReadError(reader);
                    break;
                case "RequestID" or "RequestId":
                    requestId = reader.OptionalText();
                    break;
            }
        }

        return code is null ? null : new ErrorDocument(Cut(code, MaxCode), Cut(message, MaxMessage), requestId is null ? null : Cut(requestId, MaxCode));
    }

    private static (string? Code, string Message) ReadError(ResponseReader reader)
    {
        string? code = null;
        var message = string.Empty;
        foreach (var name in reader.Children())
        {
            if (name == "Code") code = reader.OptionalText();
            else if (name == "Message") message = reader.Text();
        }

        return (code, message);
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
