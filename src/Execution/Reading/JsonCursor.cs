using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphGateway.Execution;

/// <summary>
/// Walks over JSON text (<see href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</see>) in one piece of valid UTF-8 and finds where values
/// begin and end; it makes nothing. Strict: what it accepts may be copied into an answer as it is. On the first mistake
/// <see cref="IsMalformed"/> is set and the position jumps to the end, so that loops end by themselves.
/// </summary>
internal ref struct JsonCursor(ReadOnlySpan<byte> json, int maxDepth)
{
    private readonly ReadOnlySpan<byte> json = json;

    /// <summary>The next byte to be read.</summary>
    public int Position { get; private set; }

    public bool IsMalformed { get; private set; }

    public readonly ReadOnlySpan<byte> Slice(int start) => json[start..Position];

    public void MoveTo(int position) => Position = position;

    public void Fail()
    {
        IsMalformed = true;
        Position = json.Length;
    }

    /// <summary>The next byte that is no white space, not consumed; 0 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Peek()
    {
        if ((uint)Position < (uint)json.Length && json[Position] > (byte)' ')
        {
            return json[Position];
        }

        return PeekSlow();
    }

    /// <summary>Consumes the byte if it comes next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryConsume(byte expected)
    {
        if (Peek() != expected || expected == 0)
        {
            return false;
        }

        Position++;
        return true;
    }

    public void Consume(byte expected)
    {
        if (!TryConsume(expected))
        {
            Fail();
        }
    }

    /// <summary>PERF: consumes an expected key with its quotes and colon in one comparison, which is the usual case by far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryConsumeExactly(ReadOnlySpan<byte> text)
    {
        if (json[Position..].StartsWith(text))
        {
            Position += text.Length;
            return true;
        }

        return false;
    }

    /// <summary>After a value in a list or object: true when another follows, false at <paramref name="close"/> or on a mistake.</summary>
    public bool TryNext(byte close)
    {
        var next = Peek();
        if (next == (byte)',')
        {
            Position++;
            return true;
        }

        if (next == close)
        {
            Position++;
        }
        else
        {
            Fail();
        }

        return false;
    }

    /// <summary>A key and its colon; the key without its quotes, escapes not yet decoded.</summary>
    public ReadOnlySpan<byte> ReadKey(out bool isEscaped)
    {
        if (Peek() != (byte)'"')
        {
            Fail();
            isEscaped = false;
            return default;
        }

        var start = Position + 1;
        isEscaped = SkipString();
        if (IsMalformed)
        {
            return default;
        }

        var key = json[start..(Position - 1)];
        Consume((byte)':');
        return key;
    }

    /// <summary>A string that begins here; true when it has escapes.</summary>
    public bool SkipString()
    {
        var isEscaped = false;
        var i = Position + 1;
        while (true)
        {
            i = FindSpecial(i);
            if (i >= json.Length || json[i] < 0x20)
            {
                Fail();
                return isEscaped;
            }

            if (json[i] == (byte)'"')
            {
                Position = i + 1;
                return isEscaped;
            }

            isEscaped = true;
            var length = EscapeLength(i);
            if (length == 0)
            {
                Fail();
                return true;
            }

            i += length;
        }
    }

    /// <summary>A number that begins here; true when it has neither fraction nor exponent.</summary>
    public bool SkipNumber()
    {
        var i = Position;
        if (i < json.Length && json[i] == (byte)'-')
        {
            i++;
        }

        var digits = i;
        i = SkipDigits(i);
        var isValid = i > digits && (json[digits] != (byte)'0' || i == digits + 1);
        var isInteger = true;
        if (i < json.Length && json[i] == (byte)'.')
        {
            isInteger = false;
            digits = ++i;
            i = SkipDigits(i);
            isValid &= i > digits;
        }

        if (i < json.Length && json[i] is (byte)'e' or (byte)'E')
        {
            isInteger = false;
            i++;
            i += i < json.Length && json[i] is (byte)'+' or (byte)'-' ? 1 : 0;
            digits = i;
            i = SkipDigits(i);
            isValid &= i > digits;
        }

        if (isValid)
        {
            Position = i;
        }
        else
        {
            Fail();
        }

        return isInteger;
    }

    /// <summary>A whole number of 32 bits that begins here.</summary>
    public bool TryReadInt32(out int value)
    {
        var start = Position;
        value = 0;
        return SkipNumber() && !IsMalformed && Utf8Parser.TryParse(Slice(start), out value, out var used) && used == Position - start;
    }

    /// <summary>Any value that begins here.</summary>
    public void SkipValue() => SkipValue(maxDepth);

    private void SkipValue(int depth)
    {
        switch (Peek())
        {
            case (byte)'"':
                SkipString();
                break;
            case (byte)'{':
                SkipObject(depth - 1);
                break;
            case (byte)'[':
                SkipList(depth - 1);
                break;
            case (byte)'n':
                SkipLiteral("null"u8);
                break;
            case (byte)'t':
                SkipLiteral("true"u8);
                break;
            case (byte)'f':
                SkipLiteral("false"u8);
                break;
            default:
                SkipNumber();
                break;
        }
    }

    public void SkipLiteral(ReadOnlySpan<byte> literal)
    {
        if (!TryConsumeExactly(literal))
        {
            Fail();
        }
    }

    private void SkipObject(int depth)
    {
        Position++;
        if (depth <= 0)
        {
            Fail();
        }
        else if (!TryConsume((byte)'}'))
        {
            do
            {
                ReadKey(out _);
                SkipValue(depth);
            }
            while (TryNext((byte)'}'));
        }
    }

    private void SkipList(int depth)
    {
        Position++;
        if (depth <= 0)
        {
            Fail();
        }
        else if (!TryConsume((byte)']'))
        {
            do
            {
                SkipValue(depth);
            }
            while (TryNext((byte)']'));
        }
    }

    private byte PeekSlow()
    {
        while (Position < json.Length && json[Position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            Position++;
        }

        return Position < json.Length ? json[Position] : (byte)0;
    }

    private readonly int SkipDigits(int i)
    {
        while (i < json.Length && json[i] is >= (byte)'0' and <= (byte)'9')
        {
            i++;
        }

        return i;
    }

    // PERF: 16 bytes a step; strings are most of an answer's bytes.
    private readonly int FindSpecial(int i)
    {
        while (i + Vector128<byte>.Count <= json.Length)
        {
            var bytes = Vector128.Create(json.Slice(i, Vector128<byte>.Count));
            var special = Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)0x20));
            var bits = special.ExtractMostSignificantBits();
            if (bits != 0)
            {
                return i + BitOperations.TrailingZeroCount(bits);
            }

            i += Vector128<byte>.Count;
        }

        while (i < json.Length && json[i] is not ((byte)'"' or (byte)'\\' or < 0x20))
        {
            i++;
        }

        return i;
    }

    private readonly int EscapeLength(int i)
    {
        if (i + 1 >= json.Length)
        {
            return 0;
        }

        if (json[i + 1] != (byte)'u')
        {
            return "\"\\/bfnrt"u8.Contains(json[i + 1]) ? 2 : 0;
        }

        if (i + 6 > json.Length)
        {
            return 0;
        }

        foreach (var digit in json.Slice(i + 2, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return 0;
            }
        }

        return 6;
    }
}
