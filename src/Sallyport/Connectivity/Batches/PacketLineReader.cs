using System.Text;
using System.Text.Json;
using Sallyport.Diagnostics;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Batches;

/// <summary>
/// Reads one packet: <c>{"from":…,"to":…,"protocol":"tcp","port":443}</c>, with <c>type</c> and <c>code</c> for ICMP. The protocol is
/// a name or a number; a code that is not given is 0. A key of the three that its protocol has no use for is passed over, as is
/// null. Reports SPD2120-SPD2122. (contract: "reach --packets")
/// </summary>
internal static class PacketLineReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 8 };

    public static PacketLine Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return ReadObject(line);
        }
        catch (JsonException e)
        {
            return Failed(PacketDiagnostics.NotAnObject(Problem(e)));
        }
        catch (InvalidOperationException)
        {
            // The reader's word for an escape such as a lone \ud800.
            return Failed(PacketDiagnostics.NotAnObject("a text in it is not valid Unicode"));
        }
    }

    private static PacketLine ReadObject(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return Failed(PacketDiagnostics.NotAnObject($"it begins with {Kind(reader.TokenType)}"));
        var packet = default(PacketLine);
        var fields = new PacketFields();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader);
            if (field == PacketField.None) return Failed(PacketDiagnostics.BadKey(reader.GetString()!, "is not known"));
            if (!fields.Add(field)) return Failed(PacketDiagnostics.BadKey(reader.GetString()!, "is given twice"));
            reader.Read();
            switch (field)
            {
                case PacketField.From:
                case PacketField.To:
                    if (reader.TokenType != JsonTokenType.String) return Failed(PacketDiagnostics.BadValue(PacketFields.NameOf(field), $"must be a text, not {Kind(reader.TokenType)}"));
                    var text = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
                    if (field == PacketField.From) packet.From = text;
                    else packet.To = text;
                    break;
                case PacketField.Protocol:
                    if (!TryProtocol(ref reader, out var protocol)) return Failed(PacketDiagnostics.BadValue("protocol", "must be tcp, udp, icmp, icmpv6 or a number from 0 to 255"));
                    fields.Protocol = protocol;
                    break;
                default:
                    if (reader.TokenType == JsonTokenType.Null) break;
                    if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var number)) return Failed(PacketDiagnostics.BadValue(PacketFields.NameOf(field), "must be a whole number"));
                    fields.Set(field, number);
                    break;
            }
        }

        while (reader.Read())
        {
        }

        if (!fields.TryPoint(out var point, out var error)) return Failed(error!);
        packet.Point = point;
        return packet;
    }

    private static PacketField FieldOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("from"u8)) return PacketField.From;
        if (reader.ValueTextEquals("to"u8)) return PacketField.To;
        if (reader.ValueTextEquals("protocol"u8)) return PacketField.Protocol;
        if (reader.ValueTextEquals("port"u8)) return PacketField.Port;
        if (reader.ValueTextEquals("type"u8)) return PacketField.Type;
        return reader.ValueTextEquals("code"u8) ? PacketField.Code : PacketField.None;
    }

    private static bool TryProtocol(ref Utf8JsonReader reader, out Protocol protocol)
    {
        protocol = default;
        if (reader.TokenType == JsonTokenType.Number)
        {
            if (!reader.TryGetInt32(out var number) || number is < 0 or > 255) return false;
            protocol = Protocol.Of(number);
            return true;
        }

        if (reader.TokenType != JsonTokenType.String) return false;
        if (reader.ValueTextEquals("tcp"u8)) protocol = Protocol.Tcp;
        else if (reader.ValueTextEquals("udp"u8)) protocol = Protocol.Udp;
        else if (reader.ValueSpan.Length > 16 || !Protocol.TryParse(reader.GetString()!, out protocol)) return false;
        return protocol != Protocol.All;
    }

    private static PacketLine Failed(Diagnostic error) => new() { Error = error };

    // The reader's sentence ends with a place within the line, which is the whole text here.
    private static string Problem(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? e.Message : e.Message[..end]).TrimEnd('.', ' ');
    }

    private static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };
}
