using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GraphGateway.Language;

/// <summary>
/// Type-system definitions and extensions (<see href="https://spec.graphql.org/September2025/#sec-Type-System">Spec §3</see>).
/// Each method begins after the keyword. An extension must add something.
/// </summary>
internal static class TypeSystemParser
{
    private static readonly FrozenSet<string> Locations = FrozenSet.Create(
        "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT", "VARIABLE_DEFINITION",
        "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE", "UNION", "ENUM", "ENUM_VALUE",
        "INPUT_OBJECT", "INPUT_FIELD_DEFINITION");

    /// <summary>
    /// SchemaDefinition : Description? schema Directives[Const]? { RootOperationTypeDefinition+ }
    /// SchemaExtension : extend schema Directives[Const]? { RootOperationTypeDefinition+ } | extend schema Directives[Const]
    /// </summary>
    public static SchemaDefinitionNode ParseSchema(ref TokenCursor c, DefinitionHead head)
    {
        var directives = ValueParser.ParseDirectives(ref c, isConst: true);
        var operationTypes = ImmutableArray<RootOperationTypeNode>.Empty;
        if (!head.IsExtension || c.Kind == TokenKind.BraceL)
        {
            c.Expect(TokenKind.BraceL);
            var mark = c.Mark;
            do
            {
                c.Push(ParseRootOperationType(ref c));
            }
            while (!c.Closes(TokenKind.BraceR));
            operationTypes = c.PopList<RootOperationTypeNode>(mark);
        }

        RequireAddition(ref c, head, directives.Length + operationTypes.Length);
        return new SchemaDefinitionNode(head.Start, c.LastEnd, head.IsExtension, head.Description, directives, operationTypes);
    }

    /// <summary>
    /// ScalarTypeDefinition : Description? scalar Name Directives[Const]?
    /// ScalarTypeExtension : extend scalar Name Directives[Const]
    /// </summary>
    public static ScalarTypeDefinitionNode ParseScalarType(ref TokenCursor c, DefinitionHead head)
    {
        var name = c.ParseName();
        var directives = ValueParser.ParseDirectives(ref c, isConst: true);
        RequireAddition(ref c, head, directives.Length);
        return new ScalarTypeDefinitionNode(head.Start, c.LastEnd, head.IsExtension, head.Description, name, directives);
    }

    /// <summary>
    /// ObjectTypeDefinition : Description? type Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?
    /// ObjectTypeExtension : extend type Name, with at least one of the three
    /// </summary>
    public static ObjectTypeDefinitionNode ParseObjectType(ref TokenCursor c, DefinitionHead head)
    {
        var name = c.ParseName();
        var interfaces = ParseImplementsInterfaces(ref c);
        var directives = ValueParser.ParseDirectives(ref c, isConst: true);
        var fields = ParseFields(ref c);
        RequireAddition(ref c, head, interfaces.Length + directives.Length + fields.Length);
        return new ObjectTypeDefinitionNode(
            head.Start, c.LastEnd, head.IsExtension, head.Description, name, interfaces, directives, fields);
    }

    /// <summary>
    /// InterfaceTypeDefinition : Description? interface Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?
    /// InterfaceTypeExtension : extend interface Name, with at least one of the three
    /// </summary>
    public static InterfaceTypeDefinitionNode ParseInterfaceType(ref TokenCursor c, DefinitionHead head)
    {
        var name = c.ParseName();
        var interfaces = ParseImplementsInterfaces(ref c);
        var directives = ValueParser.ParseDirectives(ref c, isConst: true);
        var fields = ParseFields(ref c);
        RequireAddition(ref c, head, interfaces.Length + directives.Length + fields.Length);
        return new InterfaceTypeDefinitionNode(
            head.Start, c.LastEnd, head.IsExtension, head.Description, name, interfaces, directives, fields);
    }

    /// <summary>
    /// UnionTypeDefinition : Description? union Name Directives[Const]? UnionMemberTypes?
    /// UnionMemberTypes : = |? NamedType (| NamedType)*
    /// UnionTypeExtension : extend union Name, with at least one of the two
    /// </summary>
    public static UnionTypeDefinitionNode ParseUnionType(ref TokenCursor c, DefinitionHead head)
    {
        var name = c.ParseName();
        var directives = ValueParser.ParseDirectives(ref c, isConst: true);
        var members = c.Skip(TokenKind.Equals) ? ParseNamedTypes(ref c, TokenKind.Pipe) : [];
        RequireAddition(ref c, head, directives.Length + members.Length);
        return new UnionTypeDefinitionNode(head.Start, c.LastEnd, head.IsExtension, head.Description, name, directives, members);
    }

    /// <summary>
    /// EnumTypeDefinition : Description? enum Name Directives[Const]? EnumValuesDefinition?
    /// EnumValuesDefinition : { EnumValueDefinition+ }
    /// EnumTypeExtension : extend enum Name, with at least one of the two
    /// </summary>
    public static EnumTypeDefinitionNode ParseEnumType(ref TokenCursor c, DefinitionHead head)
    {
        var name = c.ParseName();
        var directives = ValueParser.ParseDirectives(ref c, isConst: true);
        var values = ImmutableArray<EnumValueDefinitionNode>.Empty;
        if (c.Skip(TokenKind.BraceL))
        {
            var mark = c.Mark;
            do
            {
                c.Push(ParseEnumValue(ref c));
            }
            while (!c.Closes(TokenKind.BraceR));
            values = c.PopList<EnumValueDefinitionNode>(mark);
        }

        RequireAddition(ref c, head, directives.Length + values.Length);
        return new EnumTypeDefinitionNode(head.Start, c.LastEnd, head.IsExtension, head.Description, name, directives, values);
    }

    /// <summary>
    /// InputObjectTypeDefinition : Description? input Name Directives[Const]? InputFieldsDefinition?
    /// InputFieldsDefinition : { InputValueDefinition+ }
    /// InputObjectTypeExtension : extend input Name, with at least one of the two
    /// </summary>
    public static InputObjectTypeDefinitionNode ParseInputObjectType(ref TokenCursor c, DefinitionHead head)
    {
        var name = c.ParseName();
        var directives = ValueParser.ParseDirectives(ref c, isConst: true);
        var fields = ParseInputValues(ref c, TokenKind.BraceL, TokenKind.BraceR);
        RequireAddition(ref c, head, directives.Length + fields.Length);
        return new InputObjectTypeDefinitionNode(head.Start, c.LastEnd, head.IsExtension, head.Description, name, directives, fields);
    }

    /// <summary>
    /// DirectiveDefinition : Description? directive @ Name ArgumentsDefinition? repeatable? on DirectiveLocations,
    /// DirectiveLocations : |? DirectiveLocation (| DirectiveLocation)*
    /// </summary>
    public static DirectiveDefinitionNode ParseDirectiveDefinition(ref TokenCursor c, DefinitionHead head)
    {
        c.Expect(TokenKind.At);
        var name = c.ParseName();
        var arguments = ParseInputValues(ref c, TokenKind.ParenL, TokenKind.ParenR);
        var isRepeatable = c.SkipKeyword("repeatable"u8);
        c.ExpectKeyword("on");
        var locations = ImmutableArray.CreateBuilder<NameNode>();
        c.Skip(TokenKind.Pipe);
        do
        {
            locations.Add(ParseDirectiveLocation(ref c));
        }
        while (c.Skip(TokenKind.Pipe));
        return new DirectiveDefinitionNode(
            head.Start, c.LastEnd, head.Description, name, arguments, isRepeatable, locations.DrainToImmutable());
    }

    /// <summary>RootOperationTypeDefinition : OperationType : NamedType</summary>
    private static RootOperationTypeNode ParseRootOperationType(ref TokenCursor c)
    {
        var start = c.Start;
        var operation = ExecutableParser.ParseOperationType(ref c);
        c.Expect(TokenKind.Colon);
        var type = ValueParser.ParseNamedType(ref c);
        return new RootOperationTypeNode(start, c.LastEnd, operation, type);
    }

    /// <summary>ImplementsInterfaces : implements &amp;? NamedType (&amp; NamedType)*</summary>
    private static ImmutableArray<NamedTypeNode> ParseImplementsInterfaces(ref TokenCursor c) =>
        c.SkipKeyword("implements"u8) ? ParseNamedTypes(ref c, TokenKind.Amp) : [];

    private static ImmutableArray<NamedTypeNode> ParseNamedTypes(ref TokenCursor c, TokenKind delimiter)
    {
        c.Skip(delimiter);
        var mark = c.Mark;
        do
        {
            c.Push(ValueParser.ParseNamedType(ref c));
        }
        while (c.Skip(delimiter));
        return c.PopList<NamedTypeNode>(mark);
    }

    /// <summary>FieldsDefinition : { FieldDefinition+ }</summary>
    private static ImmutableArray<FieldDefinitionNode> ParseFields(ref TokenCursor c)
    {
        if (!c.Skip(TokenKind.BraceL))
        {
            return [];
        }

        var mark = c.Mark;
        do
        {
            c.Push(ParseField(ref c));
        }
        while (!c.Closes(TokenKind.BraceR));
        return c.PopList<FieldDefinitionNode>(mark);
    }

    /// <summary>FieldDefinition : Description? Name ArgumentsDefinition? : Type Directives[Const]?</summary>
    private static FieldDefinitionNode ParseField(ref TokenCursor c)
    {
        var start = c.Start;
        var description = DefinitionParser.ParseDescription(ref c);
        var name = c.ParseName();
        var arguments = ParseInputValues(ref c, TokenKind.ParenL, TokenKind.ParenR);
        c.Expect(TokenKind.Colon);
        var type = ValueParser.ParseType(ref c);
        var directives = ValueParser.ParseDirectives(ref c, isConst: true);
        return new FieldDefinitionNode(start, c.LastEnd, description, name, arguments, type, directives);
    }

    /// <summary>
    /// ArgumentsDefinition : ( InputValueDefinition+ )
    /// InputFieldsDefinition : { InputValueDefinition+ }
    /// None is an empty list.
    /// </summary>
    private static ImmutableArray<InputValueDefinitionNode> ParseInputValues(ref TokenCursor c, TokenKind open, TokenKind close)
    {
        if (!c.Skip(open))
        {
            return [];
        }

        var mark = c.Mark;
        do
        {
            c.Push(ParseInputValue(ref c));
        }
        while (!c.Closes(close));
        return c.PopList<InputValueDefinitionNode>(mark);
    }

    /// <summary>InputValueDefinition : Description? Name : Type DefaultValue? Directives[Const]?, DefaultValue : = Value[Const]</summary>
    private static InputValueDefinitionNode ParseInputValue(ref TokenCursor c)
    {
        var start = c.Start;
        var description = DefinitionParser.ParseDescription(ref c);
        var name = c.ParseName();
        c.Expect(TokenKind.Colon);
        var type = ValueParser.ParseType(ref c);
        var defaultValue = c.Skip(TokenKind.Equals) ? ValueParser.ParseValue(ref c, isConst: true) : null;
        var directives = ValueParser.ParseDirectives(ref c, isConst: true);
        return new InputValueDefinitionNode(start, c.LastEnd, description, name, type, defaultValue, directives);
    }

    /// <summary>EnumValueDefinition : Description? EnumValue Directives[Const]?, EnumValue : Name but not true or false or null</summary>
    private static EnumValueDefinitionNode ParseEnumValue(ref TokenCursor c)
    {
        var start = c.Start;
        var description = DefinitionParser.ParseDescription(ref c);
        if (c.IsKeyword("true"u8) || c.IsKeyword("false"u8) || c.IsKeyword("null"u8))
        {
            c.Fail($"{c.Description} is reserved and cannot be used for an enum value.", c.Start);
        }

        var name = c.ParseName();
        var directives = ValueParser.ParseDirectives(ref c, isConst: true);
        return new EnumValueDefinitionNode(start, c.LastEnd, description, name, directives);
    }

    /// <summary>DirectiveLocation : ExecutableDirectiveLocation | TypeSystemDirectiveLocation</summary>
    private static NameNode ParseDirectiveLocation(ref TokenCursor c)
    {
        var name = c.ParseName();
        if (!Locations.Contains(name.Value))
        {
            c.FailUnexpected($"Name \"{name.Value}\"", name.Start);
        }

        return name;
    }

    private static void RequireAddition(ref TokenCursor c, DefinitionHead head, int additions)
    {
        if (head.IsExtension && additions == 0)
        {
            c.FailUnexpected();
        }
    }
}
