namespace GraphGateway.Language;

/// <summary>
/// Parses GraphQL (<see href="https://spec.graphql.org/September2025/#sec-Appendix-Grammar-Summary">Spec, Appendix C</see>), executable
/// and type-system documents alike. Never throws on bad input: a syntax error is a value, with graphql-js's message and its location.
/// </summary>
public static class Parser
{
    private static readonly DocumentNode NoDocument = new(new SourceText(""), []);

    /// <summary>Document : Definition+ (Spec §2.2).</summary>
    /// <param name="source">The text.</param>
    /// <param name="options">Limits; null for those of clients' documents.</param>
    /// <param name="betweenDefinitions">Called after each definition, on the calling thread; null for nobody.</param>
    public static ParseResult<DocumentNode> ParseDocument(SourceText source, ParserOptions? options = null, Action? betweenDefinitions = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var cursor = new TokenCursor(source, options ?? ParserOptions.Default);
        var mark = cursor.Mark;
        do
        {
            if (DefinitionParser.ParseDefinition(ref cursor) is { } definition)
            {
                cursor.Push(definition);
            }

            betweenDefinitions?.Invoke();
        }
        while (!cursor.Closes(TokenKind.EndOfFile));

        // A list of a failed parse may hold fewer or other nodes than it should; it is dropped unread.
        var document = cursor.HasFailed ? NoDocument : new DocumentNode(source, cursor.PopList<DefinitionNode>(mark)) { TokenCount = cursor.TokenCount };
        return cursor.Finish(document);
    }

    /// <summary>Value (Spec §2.9), alone in its text.</summary>
    public static ParseResult<ValueNode> ParseValue(SourceText source, ParserOptions? options = null) =>
        ParseValue(source, options, isConst: false);

    /// <summary>Value[Const] (Spec §2.9): a value without variables, alone in its text.</summary>
    public static ParseResult<ValueNode> ParseConstValue(SourceText source, ParserOptions? options = null) =>
        ParseValue(source, options, isConst: true);

    /// <summary>Type (Spec §2.11), such as <c>[ID!]!</c>, alone in its text.</summary>
    public static ParseResult<TypeNode> ParseType(SourceText source, ParserOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var cursor = new TokenCursor(source, options ?? ParserOptions.Default);
        var type = ValueParser.ParseType(ref cursor);
        cursor.Expect(TokenKind.EndOfFile);
        return cursor.Finish(type);
    }

    /// <summary>
    /// SelectionSet (Spec §2.4), alone in its text, with or without its outer braces: the argument of
    /// <c>@key(fields: "id owner { id }")</c> and its like.
    /// </summary>
    public static ParseResult<SelectionSetNode> ParseSelectionSet(SourceText source, ParserOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var cursor = new TokenCursor(source, options ?? ParserOptions.Default);
        var selectionSet = cursor.Kind == TokenKind.BraceL
            ? ExecutableParser.ParseSelectionSet(ref cursor)
            : ExecutableParser.ParseSelections(ref cursor, cursor.Start, TokenKind.EndOfFile);
        cursor.Expect(TokenKind.EndOfFile);
        return cursor.Finish(selectionSet);
    }

    private static ParseResult<ValueNode> ParseValue(SourceText source, ParserOptions? options, bool isConst)
    {
        ArgumentNullException.ThrowIfNull(source);
        var cursor = new TokenCursor(source, options ?? ParserOptions.Default);
        var value = ValueParser.ParseValue(ref cursor, isConst);
        cursor.Expect(TokenKind.EndOfFile);
        return cursor.Finish(value);
    }
}
