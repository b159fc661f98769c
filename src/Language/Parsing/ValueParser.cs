using System.Collections.Immutable;

namespace GraphGateway.Language;

/// <summary>
/// Values, arguments, directives and type references
/// (<see href="https://spec.graphql.org/September2025/#sec-Input-Values">Spec §2.6, 2.9-2.12</see>).
/// </summary>
internal static class ValueParser
{
    private static readonly NullValueNode NoValue = new(0, 0);

    /// <summary>
    /// Value[Const] : [~Const] Variable | IntValue | FloatValue | StringValue | BooleanValue | NullValue | EnumValue |
    /// ListValue[?Const] | ObjectValue[?Const]
    /// </summary>
    public static ValueNode ParseValue(ref TokenCursor c, bool isConst)
    {
        var start = c.Start;
        switch (c.Kind)
        {
            case TokenKind.Name:
                return ParseNameValue(ref c);
            case TokenKind.String or TokenKind.BlockString:
                return ParseString(ref c);
            case TokenKind.Int:
                var digits = c.Text();
                c.Advance();
                return new IntValueNode(start, c.LastEnd, digits);
            case TokenKind.Float:
                var number = c.Text();
                c.Advance();
                return new FloatValueNode(start, c.LastEnd, number);
            case TokenKind.Dollar when !isConst:
                return ParseVariable(ref c);
            case TokenKind.BraceL:
                return ParseObject(ref c, isConst);
            case TokenKind.BracketL:
                return ParseList(ref c, isConst);
            case TokenKind.Dollar:
                FailVariable(ref c);
                return NoValue;
            default:
                c.FailUnexpected();
                return NoValue;
        }
    }

    /// <summary>Variable : $ Name</summary>
    public static VariableNode ParseVariable(ref TokenCursor c)
    {
        var start = c.Start;
        c.Expect(TokenKind.Dollar);
        var name = c.ParseName();
        return new VariableNode(start, c.LastEnd, name);
    }

    /// <summary>StringValue; the current token is one.</summary>
    public static StringValueNode ParseString(ref TokenCursor c)
    {
        var start = c.Start;
        var isBlock = c.Kind == TokenKind.BlockString;
        c.Advance();
        return new StringValueNode(start, c.LastEnd, c.Source, isBlock);
    }

    /// <summary>Arguments[Const] : ( Argument[?Const]+ )</summary>
    public static ImmutableArray<ArgumentNode> ParseArguments(ref TokenCursor c, bool isConst)
    {
        if (!c.Skip(TokenKind.ParenL))
        {
            return [];
        }

        var mark = c.Mark;
        do
        {
            c.Push(ParseArgument(ref c, isConst));
        }
        while (!c.Closes(TokenKind.ParenR));
        return c.PopList<ArgumentNode>(mark);
    }

    /// <summary>Directives[Const] : Directive[?Const]+; none is an empty list.</summary>
    public static ImmutableArray<DirectiveNode> ParseDirectives(ref TokenCursor c, bool isConst)
    {
        if (c.Kind != TokenKind.At)
        {
            return [];
        }

        var mark = c.Mark;
        do
        {
            c.Push(ParseDirective(ref c, isConst));
        }
        while (c.Kind == TokenKind.At);
        return c.PopList<DirectiveNode>(mark);
    }

    /// <summary>Type : NamedType | ListType | NonNullType, ListType : [ Type ], NonNullType : NamedType ! | ListType !</summary>
    public static TypeNode ParseType(ref TokenCursor c)
    {
        var start = c.Start;
        TypeNode type;
        if (c.Skip(TokenKind.BracketL))
        {
            c.Enter();
            var item = ParseType(ref c);
            c.Leave();
            c.Expect(TokenKind.BracketR);
            type = new ListTypeNode(start, c.LastEnd, item);
        }
        else
        {
            type = ParseNamedType(ref c);
        }

        return c.Skip(TokenKind.Bang) ? new NonNullTypeNode(start, c.LastEnd, type) : type;
    }

    /// <summary>NamedType : Name</summary>
    public static NamedTypeNode ParseNamedType(ref TokenCursor c)
    {
        var name = c.ParseName();
        return new NamedTypeNode(name.Start, c.LastEnd, name);
    }

    /// <summary>Argument[Const] : Name : Value[?Const]</summary>
    private static ArgumentNode ParseArgument(ref TokenCursor c, bool isConst)
    {
        var name = c.ParseName();
        c.Expect(TokenKind.Colon);
        var value = ParseValue(ref c, isConst);
        return new ArgumentNode(name.Start, c.LastEnd, name, value);
    }

    /// <summary>Directive[Const] : @ Name Arguments[?Const]?</summary>
    private static DirectiveNode ParseDirective(ref TokenCursor c, bool isConst)
    {
        var start = c.Start;
        c.Expect(TokenKind.At);
        var name = c.ParseName();
        var arguments = ParseArguments(ref c, isConst);
        return new DirectiveNode(start, c.LastEnd, name, arguments);
    }

    /// <summary>BooleanValue : one of true false, NullValue : null, EnumValue : Name but not true or false or null</summary>
    private static ValueNode ParseNameValue(ref TokenCursor c)
    {
        var name = c.ParseName();
        return name.Value switch
        {
            "true" => new BooleanValueNode(name.Start, c.LastEnd, true),
            "false" => new BooleanValueNode(name.Start, c.LastEnd, false),
            "null" => new NullValueNode(name.Start, c.LastEnd),
            _ => new EnumValueNode(name.Start, c.LastEnd, name.Value),
        };
    }

    /// <summary>ListValue[Const] : [ ] | [ Value[?Const]+ ]</summary>
    private static ListValueNode ParseList(ref TokenCursor c, bool isConst)
    {
        var start = c.Start;
        c.Enter();
        c.Expect(TokenKind.BracketL);
        var mark = c.Mark;
        while (!c.Closes(TokenKind.BracketR))
        {
            c.Push(ParseValue(ref c, isConst));
        }

        c.Leave();
        return new ListValueNode(start, c.LastEnd, c.PopList<ValueNode>(mark));
    }

    /// <summary>ObjectValue[Const] : { } | { ObjectField[?Const]+ }</summary>
    private static ObjectValueNode ParseObject(ref TokenCursor c, bool isConst)
    {
        var start = c.Start;
        c.Enter();
        c.Expect(TokenKind.BraceL);
        var mark = c.Mark;
        while (!c.Closes(TokenKind.BraceR))
        {
            c.Push(ParseObjectField(ref c, isConst));
        }

        c.Leave();
        return new ObjectValueNode(start, c.LastEnd, c.PopList<ObjectFieldNode>(mark));
    }

    /// <summary>ObjectField[Const] : Name : Value[?Const]</summary>
    private static ObjectFieldNode ParseObjectField(ref TokenCursor c, bool isConst)
    {
        var name = c.ParseName();
        c.Expect(TokenKind.Colon);
        var value = ParseValue(ref c, isConst);
        return new ObjectFieldNode(name.Start, c.LastEnd, name, value);
    }

    private static void FailVariable(ref TokenCursor c)
    {
        var start = c.Start;
        c.Advance();
        if (c.Kind == TokenKind.Name)
        {
            c.Fail($"Unexpected variable \"${c.Text()}\" in constant value.", start);
        }
        else
        {
            c.FailUnexpected(TokenKind.Dollar.Describe(), start);
        }
    }
}
