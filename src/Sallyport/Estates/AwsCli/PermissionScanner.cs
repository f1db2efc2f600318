using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sallyport.Packets;

namespace Sallyport.Estates.AwsCli;

/// <summary>
/// The hot path of <see cref="GroupReader"/>: reads permissions that look exactly as EC2 writes them straight from the buffer, at several
/// times the speed of a general JSON reader. It never reports anything. At the first thing it does not expect (an unknown field, an escape,
/// a letter beyond ASCII, a slip, the end of the buffer) it gives up before the permission in question, and the general path, which knows
/// how to judge all of that, reads it from its start.
/// </summary>
internal sealed class PermissionScanner(RuleParts parts, string file)
{
    // What ends a plain text: its quote, or something only the general path may judge.
    private static readonly SearchValues<byte> TextEnds = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(b => (byte)b), .. Enumerable.Range(0x80, 0x80).Select(b => (byte)b)]);

    private readonly List<(Peer Peer, string Description, int Line)> _peers = [];

    /// <summary>
    /// Reads permissions from the start of one on and adds their rules. Returns how many bytes were taken: always up to the start of a further
    /// permission or to the end of the list, never into one; 0 when not even the first was plain.
    /// </summary>
    public int Scan(ReadOnlySpan<byte> text, int line, Direction direction, List<SecurityGroupRule> rules)
    {
        var cursor = new Cursor(text, line);
        var taken = 0;
        while (TryRead(ref cursor, out var service))
        {
            // Only what is followed by another permission or by the list's end counts: after anything else the text is not what it seems.
            var end = cursor.At;
            var isLast = cursor.IsNext((byte)']');
            if (!isLast && !(cursor.Take((byte)',') && cursor.IsNext((byte)'{'))) break;
            foreach (ref readonly var peer in CollectionsMarshal.AsSpan(_peers))
            {
                rules.Add(new SecurityGroupRule(direction, service, peer.Peer) { Description = peer.Description, File = file, Line = peer.Line });
            }

            if (isLast) return end;
            taken = cursor.At;
        }

        return taken;
    }

    private bool TryRead(ref Cursor cursor, out Service service)
    {
        service = default;
        Protocol? protocol = null;
        int? from = null, to = null;
        _peers.Clear();
        if (!cursor.Take((byte)'{')) return false;
        do
        {
            if (!cursor.Text(out var key) || !cursor.Take((byte)':')) return false;
            var isRead = key.Length switch
            {
                6 when key.SequenceEqual("ToPort"u8) => cursor.Number(out to),
                8 when key.SequenceEqual("FromPort"u8) => cursor.Number(out from),
                8 when key.SequenceEqual("IpRanges"u8) => TryBlocks(ref cursor, "CidrIp"u8),
                10 when key.SequenceEqual("IpProtocol"u8) => TryProtocol(ref cursor, out protocol),
                10 when key.SequenceEqual("Ipv6Ranges"u8) => TryBlocks(ref cursor, "CidrIpv6"u8),
                13 when key.SequenceEqual("PrefixListIds"u8) => TryLists(ref cursor),
                16 when key.SequenceEqual("UserIdGroupPairs"u8) => TryGroups(ref cursor),
                _ => false,
            };
            if (!isRead) return false;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || _peers.Count == 0 || protocol is not { } known) return false;
        var isPlain = known.HasPorts ? from is >= 0 && to is >= 0 : known != Protocol.All || ((from ?? -1) == -1 && (to ?? -1) == -1);
        return isPlain && Service.TryCreate(known, from, to, out service, out _);
    }

    private static bool TryProtocol(ref Cursor cursor, out Protocol? protocol)
    {
        protocol = null;
        if (!cursor.Text(out var text)) return false;
        if (text.SequenceEqual("tcp"u8)) protocol = Protocol.Tcp;
        else if (text.SequenceEqual("-1"u8)) protocol = Protocol.All;
        else if (text.SequenceEqual("udp"u8)) protocol = Protocol.Udp;
        else if (text.SequenceEqual("icmp"u8)) protocol = Protocol.Icmp;
        else if (text.SequenceEqual("icmpv6"u8)) protocol = Protocol.IcmpV6;
        return protocol is not null;
    }

    private bool TryBlocks(ref Cursor cursor, ReadOnlySpan<byte> field)
    {
        if (!cursor.Take((byte)'[')) return false;
        if (cursor.Take((byte)']')) return true;
        do
        {
            if (!cursor.Take((byte)'{')) return false;
            var line = cursor.Line;
            CidrPeer? peer = null;
            var description = string.Empty;
            do
            {
                if (!cursor.Text(out var key) || !cursor.Take((byte)':') || !cursor.Text(out var value)) return false;
                if (key.SequenceEqual(field)) peer = field.Length == 6 ? parts.BlockV4(value) : parts.BlockV6(value);
                else if (key.SequenceEqual("Description"u8)) description = parts.PlainText(value);
                else return false;
            }
            while (cursor.Take((byte)','));
            if (peer is null || !cursor.Take((byte)'}')) return false;
            _peers.Add((peer, description, line));
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    private bool TryGroups(ref Cursor cursor)
    {
        if (!cursor.Take((byte)'[')) return false;
        if (cursor.Take((byte)']')) return true;
        do
        {
            if (!cursor.Take((byte)'{')) return false;
            var line = cursor.Line;
            var id = default(ReadOnlySpan<byte>);
            string? account = null;
            var description = string.Empty;
            do
            {
                if (!cursor.Text(out var key) || !cursor.Take((byte)':') || !cursor.Text(out var value)) return false;
                if (key.SequenceEqual("GroupId"u8)) id = value;
                else if (key.SequenceEqual("UserId"u8)) account = parts.PlainText(value);
                else if (key.SequenceEqual("Description"u8)) description = parts.PlainText(value);
                else return false;
            }
            while (cursor.Take((byte)','));
            if (id.IsEmpty || !cursor.Take((byte)'}')) return false;
            _peers.Add((parts.PlainGroup(id, account), description, line));
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    private bool TryLists(ref Cursor cursor)
    {
        if (!cursor.Take((byte)'[')) return false;
        if (cursor.Take((byte)']')) return true;
        do
        {
            if (!cursor.Take((byte)'{')) return false;
            var line = cursor.Line;
            PrefixListPeer? peer = null;
            var description = string.Empty;
            do
            {
                if (!cursor.Text(out var key) || !cursor.Take((byte)':') || !cursor.Text(out var value)) return false;
                if (key.SequenceEqual("PrefixListId"u8)) peer = parts.PlainList(value);
                else if (key.SequenceEqual("Description"u8)) description = parts.PlainText(value);
                else return false;
            }
            while (cursor.Take((byte)','));
            if (peer is null || !cursor.Take((byte)'}')) return false;
            _peers.Add((peer, description, line));
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    /// <summary>A place in the text. Every method first passes over white space, counting lines, and fails at the text's end.</summary>
    private ref struct Cursor(ReadOnlySpan<byte> text, int line)
    {
        private readonly ReadOnlySpan<byte> _text = text;

        public int At { get; private set; }

        public int Line { get; private set; } = line;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsNext(byte expected)
        {
            if (At < _text.Length && _text[At] <= ' ') PassSpace();
            return At < _text.Length && _text[At] == expected;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Take(byte expected)
        {
            if (!IsNext(expected)) return false;
            At++;
            return true;
        }

        /// <summary>A text without escapes, all ASCII.</summary>
        public bool Text(out ReadOnlySpan<byte> value)
        {
            value = default;
            if (!Take((byte)'"')) return false;
            var rest = _text[At..];
            var length = rest.IndexOfAny(TextEnds);
            if (length < 0 || rest[length] != '"') return false;
            value = rest[..length];
            At += length + 1;
            return true;
        }

        /// <summary>A whole number of at most nine digits, written as JSON wants it.</summary>
        public bool Number(out int? value)
        {
            value = null;
            var isNegative = Take((byte)'-');
            if (!isNegative && At < _text.Length && _text[At] <= ' ') PassSpace();
            var start = At;
            var number = 0;
            while (At < _text.Length && (uint)(_text[At] - '0') <= 9 && At - start <= 9) number = (number * 10) + (_text[At++] - '0');
            var digits = At - start;
            if (digits is 0 or > 9 || (digits > 1 && _text[start] == '0')) return false;
            value = isNegative ? -number : number;
            return true;
        }

        private void PassSpace()
        {
            // Indented answers are a newline and then a run of spaces, again and again.
            while (At < _text.Length)
            {
                var b = _text[At];
                if (b == '\n')
                {
                    Line++;
                    At++;
                    var run = _text[At..].IndexOfAnyExcept((byte)' ');
                    At = run < 0 ? _text.Length : At + run;
                }
                else if (b is (byte)' ' or (byte)'\r' or (byte)'\t')
                {
                    At++;
                }
                else
                {
                    return;
                }
            }
        }
    }
}
