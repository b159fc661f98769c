namespace GraphGateway.Language;

/// <summary>What a byte can begin, apart from punctuators (Spec §2.1).</summary>
internal enum CharacterClass : byte
{
    Other,
    NameStart,
    Digit,
    Minus,
    Quote,
    Dot,
    MapPunctuator,
}

/// <summary>Tables over all bytes.</summary>
internal static class CharacterClasses
{
    /// <summary>The class of each byte.</summary>
    public static readonly CharacterClass[] Of = ClassifyAll();

    /// <summary>The kind of a token that begins with the byte, where that byte alone tells: punctuators and names; else Failed.</summary>
    public static readonly TokenKind[] KindOf = KindTable();

    /// <summary>True for the bytes of NameContinue: letters, digits and the underscore.</summary>
    public static readonly bool[] IsNameContinue = [.. Of.Select(c => c is CharacterClass.NameStart or CharacterClass.Digit)];

    /// <summary>True for 0 to 9.</summary>
    public static bool IsDigit(int code) => (uint)(code - '0') <= 9;

    private static CharacterClass[] ClassifyAll()
    {
        var table = new CharacterClass[256];
        for (var i = 0; i < 128; i++)
        {
            table[i] = (char)i switch
            {
                '"' => CharacterClass.Quote,
                '.' => CharacterClass.Dot,
                '-' => CharacterClass.Minus,
                '_' => CharacterClass.NameStart,
                '<' or '>' => CharacterClass.MapPunctuator,
                var c when char.IsAsciiDigit(c) => CharacterClass.Digit,
                var c when char.IsAsciiLetter(c) => CharacterClass.NameStart,
                _ => CharacterClass.Other,
            };
        }

        return table;
    }

    private static TokenKind[] KindTable()
    {
        var table = new TokenKind[256];
        table['!'] = TokenKind.Bang;
        table['$'] = TokenKind.Dollar;
        table['&'] = TokenKind.Amp;
        table['('] = TokenKind.ParenL;
        table[')'] = TokenKind.ParenR;
        table[':'] = TokenKind.Colon;
        table['='] = TokenKind.Equals;
        table['@'] = TokenKind.At;
        table['['] = TokenKind.BracketL;
        table[']'] = TokenKind.BracketR;
        table['{'] = TokenKind.BraceL;
        table['|'] = TokenKind.Pipe;
        table['}'] = TokenKind.BraceR;
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = Of[i] == CharacterClass.NameStart ? TokenKind.Name : table[i];
        }

        return table;
    }
}
