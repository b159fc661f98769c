namespace GraphGateway.Language;

/// <summary>Tells by its keyword what a definition is, and has it parsed.</summary>
internal static class DefinitionParser
{
    /// <summary>
    /// Definition : ExecutableDefinition | TypeSystemDefinition | TypeSystemExtension (Spec §2.2).
    /// Null after an error.
    /// </summary>
    public static DefinitionNode? ParseDefinition(ref TokenCursor c)
    {
        var start = c.Start;
        if (c.Kind == TokenKind.BraceL)
        {
            return ExecutableParser.ParseShorthandQuery(ref c);
        }

        var description = ParseDescription(ref c);
        if (description is not null && c.Kind == TokenKind.BraceL)
        {
            c.Fail("Unexpected description, descriptions are not supported on shorthand queries.", start);
            return null;
        }

        if (c.Kind != TokenKind.Name)
        {
            c.FailUnexpected();
            return null;
        }

        if (c.IsKeyword("query"u8) || c.IsKeyword("mutation"u8) || c.IsKeyword("subscription"u8))
        {
            return ExecutableParser.ParseOperation(ref c, start, description);
        }

        if (c.IsKeyword("fragment"u8))
        {
            return ExecutableParser.ParseFragmentDefinition(ref c, start, description);
        }

        return ParseTypeSystem(ref c, start, description);
    }

    /// <summary>Description : StringValue (Spec §2.2); null when there is none.</summary>
    public static StringValueNode? ParseDescription(ref TokenCursor c) =>
        c.Kind is TokenKind.String or TokenKind.BlockString ? ValueParser.ParseString(ref c) : null;

    private static TypeSystemNode? ParseTypeSystem(ref TokenCursor c, int start, StringValueNode? description)
    {
        var isExtension = description is null && c.SkipKeyword("extend"u8);
        var head = new DefinitionHead(start, isExtension, description);
        if (ParseByKeyword(ref c, head) is { } definition)
        {
            return definition;
        }

        if (description is not null && c.Kind == TokenKind.Name)
        {
            c.Fail("Unexpected description, only GraphQL definitions support descriptions.", start);
        }
        else
        {
            c.FailUnexpected();
        }

        return null;
    }

    private static TypeSystemNode? ParseByKeyword(ref TokenCursor c, DefinitionHead head)
    {
        if (c.SkipKeyword("type"u8))
        {
            return TypeSystemParser.ParseObjectType(ref c, head);
        }

        if (c.SkipKeyword("input"u8))
        {
            return TypeSystemParser.ParseInputObjectType(ref c, head);
        }

        if (c.SkipKeyword("enum"u8))
        {
            return TypeSystemParser.ParseEnumType(ref c, head);
        }

        if (c.SkipKeyword("interface"u8))
        {
            return TypeSystemParser.ParseInterfaceType(ref c, head);
        }

        if (c.SkipKeyword("union"u8))
        {
            return TypeSystemParser.ParseUnionType(ref c, head);
        }

        if (c.SkipKeyword("scalar"u8))
        {
            return TypeSystemParser.ParseScalarType(ref c, head);
        }

        if (c.SkipKeyword("schema"u8))
        {
            return TypeSystemParser.ParseSchema(ref c, head);
        }

        return !head.IsExtension && c.SkipKeyword("directive"u8) ? TypeSystemParser.ParseDirectiveDefinition(ref c, head) : null;
    }
}

/// <summary>What has been read of a type-system definition before its keyword.</summary>
internal readonly record struct DefinitionHead(int Start, bool IsExtension, StringValueNode? Description);
