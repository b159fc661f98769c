namespace GraphGateway.Language;

/// <summary>Kinds of lexical token (Spec §2.1.6), and the three that only a FieldSelectionMap has: <c>. &lt; &gt;</c>.</summary>
internal enum TokenKind : byte
{
    /// <summary>Nothing was read, and nothing will be: the document has an error.</summary>
    Failed,
    EndOfFile,
    Bang,
    Dollar,
    Amp,
    ParenL,
    ParenR,
    Dot,
    Spread,
    Colon,
    Equals,
    At,
    Less,
    Greater,
    BracketL,
    BracketR,
    BraceL,
    Pipe,
    BraceR,
    Name,
    Int,
    Float,
    String,
    BlockString,
}

/// <summary>How messages write a kind of token.</summary>
internal static class TokenKinds
{
    /// <summary>graphql-js's description: punctuators in quotes, other kinds by name.</summary>
    public static string Describe(this TokenKind kind) => kind switch
    {
        TokenKind.EndOfFile => "<EOF>",
        TokenKind.Bang => "\"!\"",
        TokenKind.Dollar => "\"$\"",
        TokenKind.Amp => "\"&\"",
        TokenKind.ParenL => "\"(\"",
        TokenKind.ParenR => "\")\"",
        TokenKind.Dot => "\".\"",
        TokenKind.Spread => "\"...\"",
        TokenKind.Colon => "\":\"",
        TokenKind.Equals => "\"=\"",
        TokenKind.At => "\"@\"",
        TokenKind.Less => "\"<\"",
        TokenKind.Greater => "\">\"",
        TokenKind.BracketL => "\"[\"",
        TokenKind.BracketR => "\"]\"",
        TokenKind.BraceL => "\"{\"",
        TokenKind.Pipe => "\"|\"",
        TokenKind.BraceR => "\"}\"",
        _ => kind.ToString(),
    };
}
