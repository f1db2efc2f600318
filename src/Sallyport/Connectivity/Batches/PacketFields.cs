using Sallyport.Diagnostics;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Batches;

/// <summary>What was found of one packet so far.</summary>
internal struct PacketFields
{
    private int _seen;
    private int? _port;
    private int? _type;
    private int? _code;

    /// <summary>The protocol, once <see cref="PacketField.Protocol"/> was added.</summary>
    public Protocol Protocol { get; set; }

    public static string NameOf(PacketField field) => field.ToString().ToLowerInvariant();

    /// <summary>Notes that a key was there; false the second time.</summary>
    public bool Add(PacketField field)
    {
        var bit = 1 << (int)field;
        if ((_seen & bit) != 0) return false;
        _seen |= bit;
        return true;
    }

    public void Set(PacketField field, int number)
    {
        if (field == PacketField.Port) _port = number;
        else if (field == PacketField.Type) _type = number;
        else _code = number;
    }

    /// <summary>The packet's point of the <see cref="ServiceLine"/>, or what is missing or impossible.</summary>
    public readonly bool TryPoint(out int point, out Diagnostic? error)
    {
        point = ServiceLine.StartOf(Protocol);
        error = Missing(PacketField.From) ?? Missing(PacketField.To) ?? Missing(PacketField.Protocol);
        if (error is null && Protocol.HasPorts)
        {
            error = Check("port", _port, 65_535);
            point += _port ?? 0;
        }
        else if (error is null && Protocol.HasTypes)
        {
            error = Check("type", _type, 255) ?? Check("code", _code ?? 0, 255);
            point += ((_type ?? 0) * 256) + (_code ?? 0);
        }

        return error is null;
    }

    private readonly Diagnostic? Missing(PacketField field) =>
        (_seen & (1 << (int)field)) == 0 ? PacketDiagnostics.BadValue(NameOf(field), "is missing") : null;

    private readonly Diagnostic? Check(string name, int? value, int most) => value switch
    {
        null => PacketDiagnostics.BadValue(name, $"is missing, and {Protocol} needs it"),
        < 0 => PacketDiagnostics.BadValue(name, $"must be 0 to {most}"),
        _ when value > most => PacketDiagnostics.BadValue(name, $"must be 0 to {most}"),
        _ => null,
    };
}
