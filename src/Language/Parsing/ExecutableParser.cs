using System.Collections.Immutable;

namespace GraphGateway.Language;

/// <summary>
/// Operations, selections and fragments (<see href="https://spec.graphql.org/September2025/#sec-Language">Spec §2.3-2.8</see>).
/// </summary>
internal static class ExecutableParser
{
    private static readonly SelectionSetNode NoSelections = new(0, 0, []);

    /// <summary>OperationDefinition : SelectionSet.</summary>
    public static OperationDefinitionNode ParseShorthandQuery(ref TokenCursor c)
    {
        var start = c.Start;
        var selectionSet = ParseSelectionSet(ref c);
        return new OperationDefinitionNode(start, c.LastEnd, OperationType.Query, null, null, [], [], selectionSet);
    }

    /// <summary>OperationDefinition : Description? OperationType Name? VariableDefinitions? Directives? SelectionSet.</summary>
    public static OperationDefinitionNode ParseOperation(ref TokenCursor c, int start, StringValueNode? description)
    {
        var operation = ParseOperationType(ref c);
        NameNode? name = c.Kind == TokenKind.Name ? c.ParseName() : null;
        var variables = ParseVariableDefinitions(ref c);
        var directives = ValueParser.ParseDirectives(ref c, isConst: false);
        var selectionSet = ParseSelectionSet(ref c);
        return new OperationDefinitionNode(start, c.LastEnd, operation, description, name, variables, directives, selectionSet);
    }

    /// <summary>OperationType : one of query mutation subscription.</summary>
    public static OperationType ParseOperationType(ref TokenCursor c)
    {
        var start = c.Start;
        if (c.SkipKeyword("query"u8))
        {
            return OperationType.Query;
        }

        if (c.SkipKeyword("mutation"u8))
        {
            return OperationType.Mutation;
        }

        if (c.SkipKeyword("subscription"u8))
        {
            return OperationType.Subscription;
        }

        var description = c.Description;
        c.Expect(TokenKind.Name);
        c.FailUnexpected(description, start);
        return OperationType.Query;
    }

    /// <summary>SelectionSet : { Selection+ }.</summary>
    public static SelectionSetNode ParseSelectionSet(ref TokenCursor c)
    {
        var start = c.Start;
        c.Expect(TokenKind.BraceL);
        return ParseSelections(ref c, start, TokenKind.BraceR);
    }

    /// <summary>Selection+ and the token after it, which belongs to the set.</summary>
    public static SelectionSetNode ParseSelections(ref TokenCursor c, int start, TokenKind close)
    {
        if (c.HasFailed)
        {
            return NoSelections;
        }

        c.Enter();
        var mark = c.Mark;
        do
        {
            c.Push(c.Kind == TokenKind.Spread ? ParseFragment(ref c) : ParseField(ref c));
        }
        while (!c.Closes(close));

        c.Leave();
        return new SelectionSetNode(start, c.LastEnd, c.PopList<SelectionNode>(mark));
    }

    /// <summary>
    /// FragmentDefinition : Description? fragment FragmentName on NamedType Directives? SelectionSet.
    /// </summary>
    public static FragmentDefinitionNode ParseFragmentDefinition(ref TokenCursor c, int start, StringValueNode? description)
    {
        c.ExpectKeyword("fragment");
        var name = ParseFragmentName(ref c);
        c.ExpectKeyword("on");
        var typeCondition = ValueParser.ParseNamedType(ref c);
        var directives = ValueParser.ParseDirectives(ref c, isConst: false);
        var selectionSet = ParseSelectionSet(ref c);
        return new FragmentDefinitionNode(start, c.LastEnd, description, name, typeCondition, directives, selectionSet);
    }

    /// <summary>VariableDefinitions : ( VariableDefinition+ ).</summary>
    private static ImmutableArray<VariableDefinitionNode> ParseVariableDefinitions(ref TokenCursor c)
    {
        if (!c.Skip(TokenKind.ParenL))
        {
            return [];
        }

        var mark = c.Mark;
        do
        {
            c.Push(ParseVariableDefinition(ref c));
        }
        while (!c.Closes(TokenKind.ParenR));
        return c.PopList<VariableDefinitionNode>(mark);
    }

    /// <summary>VariableDefinition : Description? Variable : Type DefaultValue? Directives[Const]?</summary>
    private static VariableDefinitionNode ParseVariableDefinition(ref TokenCursor c)
    {
        var start = c.Start;
        var description = DefinitionParser.ParseDescription(ref c);
        var variable = ValueParser.ParseVariable(ref c);
        c.Expect(TokenKind.Colon);
        var type = ValueParser.ParseType(ref c);
        var defaultValue = c.Skip(TokenKind.Equals) ? ValueParser.ParseValue(ref c, isConst: true) : null;
        var directives = ValueParser.ParseDirectives(ref c, isConst: true);
        return new VariableDefinitionNode(start, c.LastEnd, description, variable, type, defaultValue, directives);
    }

    /// <summary>Field : Alias? Name Arguments? Directives? SelectionSet?, Alias : Name :</summary>
    private static FieldNode ParseField(ref TokenCursor c)
    {
        var start = c.Start;
        var name = c.ParseName();
        NameNode? alias = null;
        if (c.Skip(TokenKind.Colon))
        {
            alias = name;
            name = c.ParseName();
        }

        // PERF: most fields have neither.
        ImmutableArray<ArgumentNode> arguments = c.Kind == TokenKind.ParenL ? ValueParser.ParseArguments(ref c, isConst: false) : [];
        ImmutableArray<DirectiveNode> directives = c.Kind == TokenKind.At ? ValueParser.ParseDirectives(ref c, isConst: false) : [];
        var selectionSet = c.Kind == TokenKind.BraceL ? ParseSelectionSet(ref c) : null;
        return new FieldNode(start, c.LastEnd, alias, name, arguments, directives, selectionSet);
    }

    /// <summary>
    /// FragmentSpread : ... FragmentName Directives?
    /// InlineFragment : ... TypeCondition? Directives? SelectionSet, TypeCondition : on NamedType
    /// </summary>
    private static SelectionNode ParseFragment(ref TokenCursor c)
    {
        var start = c.Start;
        c.Expect(TokenKind.Spread);
        var hasTypeCondition = c.SkipKeyword("on"u8);
        if (!hasTypeCondition && c.Kind == TokenKind.Name)
        {
            var name = ParseFragmentName(ref c);
            var spreadDirectives = ValueParser.ParseDirectives(ref c, isConst: false);
            return new FragmentSpreadNode(start, c.LastEnd, name, spreadDirectives);
        }

        var typeCondition = hasTypeCondition ? ValueParser.ParseNamedType(ref c) : null;
        var directives = ValueParser.ParseDirectives(ref c, isConst: false);
        var selectionSet = ParseSelectionSet(ref c);
        return new InlineFragmentNode(start, c.LastEnd, typeCondition, directives, selectionSet);
    }

    /// <summary>FragmentName : Name but not `on`.</summary>
    private static NameNode ParseFragmentName(ref TokenCursor c)
    {
        if (c.IsKeyword("on"u8))
        {
            c.FailUnexpected();
        }

        return c.ParseName();
    }
}
