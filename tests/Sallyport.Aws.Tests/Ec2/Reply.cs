using System.Globalization;
using System.Text;

namespace Sallyport.Aws.Tests.Ec2;

/// <summary>What <see cref="ScriptedServer"/> does with one request: writes bytes, then keeps or closes the connection, or says nothing.</summary>
internal sealed record Reply(byte[] Bytes, bool Close = false, bool Hang = false)
{
    /// <summary>Reads the request, then closes without a word.</summary>
    public static Reply Drop { get; } = new([], Close: true);

    /// <summary>Never answers.</summary>
    public static Reply Silence { get; } = new([], Hang: true);

    public static Reply Http(int status, string body, string headers = "") => new(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} X\r\nContent-Type: text/xml\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}")));

    /// <summary>A success of EC2's shape.</summary>
    public static Reply Ok(string action, string inner) =>
        Http(200, $"<{action}Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>req-ok</requestId>{inner}</{action}Response>");

    /// <summary>An error of EC2's shape.</summary>
    public static Reply Error(int status, string code, string message = "because") =>
        Http(status, $"<?xml version=\"1.0\"?><Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors><RequestID>req-{code}</RequestID></Response>");

    /// <summary>An STS identity.</summary>
    public static Reply Identity(string account) =>
        Http(200, $"<GetCallerIdentityResponse><GetCallerIdentityResult><Account>{account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");

    /// <summary>The head of a longer answer, then a closed connection.</summary>
    public static Reply CutOff(string action) =>
        new(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 10000\r\n\r\n<{action}Response>"), Close: true);
}
