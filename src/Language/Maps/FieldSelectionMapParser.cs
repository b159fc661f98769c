namespace GraphGateway.Language;

/// <summary>
/// Parses a FieldSelectionMap, the argument of <c>@is</c> and <c>@require</c>
/// (<see href="https://graphql.github.io/composite-schemas-spec/draft/#sec-Appendix-A-Specification-of-FieldSelectionMap-Scalar">
/// Composite Schemas spec, Appendix A</see>).
/// </summary>
public static class FieldSelectionMapParser
{
    private static readonly SelectedValueNode NoValue = new(0, 0, []);
    private static readonly SelectedObjectNode NoObject = new(0, 0, []);

    /// <summary>SelectedValue, alone in its text. The error names the token that cannot stand where it stands, and its place.</summary>
    public static ParseResult<SelectedValueNode> Parse(SourceText source, ParserOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var cursor = new TokenCursor(source, options ?? ParserOptions.Default, isMap: true);
        var value = ParseValue(ref cursor);
        cursor.Expect(TokenKind.EndOfFile);
        return cursor.Finish(value);
    }

    /// <summary>SelectedValue : |? SelectedValueEntry (| SelectedValueEntry)*</summary>
    private static SelectedValueNode ParseValue(ref TokenCursor c)
    {
        var start = c.Start;
        c.Enter();
        c.Skip(TokenKind.Pipe);
        var mark = c.Mark;
        do
        {
            c.Push(ParseEntry(ref c));
        }
        while (c.Skip(TokenKind.Pipe));

        c.Leave();
        var entries = c.PopList<SelectedValueEntryNode>(mark);
        return c.HasFailed ? NoValue : new SelectedValueNode(start, c.LastEnd, entries);
    }

    /// <summary>SelectedValueEntry : Path | Path . SelectedObjectValue | Path SelectedListValue | SelectedObjectValue</summary>
    private static SelectedValueEntryNode ParseEntry(ref TokenCursor c)
    {
        var start = c.Start;
        if (c.Kind == TokenKind.BraceL)
        {
            var alone = ParseObject(ref c);
            return new SelectedValueEntryNode(start, c.LastEnd, null, alone, null);
        }

        var path = ParsePath(ref c, out var endsWithDot);
        var selected = endsWithDot ? ParseObject(ref c) : null;
        var list = !endsWithDot && c.Kind == TokenKind.BracketL ? ParseList(ref c) : null;
        return new SelectedValueEntryNode(start, c.LastEnd, path, selected, list);
    }

    /// <summary>
    /// Path : PathSegment | &lt; TypeName &gt; . PathSegment
    /// The dot before a SelectedObjectValue is passed over too, and told by <paramref name="endsWithDot"/>.
    /// </summary>
    private static SelectedPathNode ParsePath(ref TokenCursor c, out bool endsWithDot)
    {
        var start = c.Start;
        NameNode? typeName = null;
        if (c.Kind == TokenKind.Less)
        {
            typeName = ParseTypeName(ref c);
            c.Expect(TokenKind.Dot);
        }

        var mark = c.Mark;
        int end;
        do
        {
            c.Push(ParseSegment(ref c, out var needsDot));
            end = c.LastEnd;
            endsWithDot = c.Skip(TokenKind.Dot);
            if (needsDot && (!endsWithDot || c.Kind != TokenKind.Name))
            {
                // A type condition stands between two segments.
                c.Expect(endsWithDot ? TokenKind.Name : TokenKind.Dot);
            }
        }
        while (endsWithDot && c.Kind != TokenKind.BraceL && !c.HasFailed);
        return new SelectedPathNode(start, end, typeName, c.PopList<PathSegmentNode>(mark));
    }

    /// <summary>PathSegment : FieldName Arguments[Const]? | FieldName Arguments[Const]? (&lt; TypeName &gt;)? . PathSegment</summary>
    private static PathSegmentNode ParseSegment(ref TokenCursor c, out bool hasTypeName)
    {
        var start = c.Start;
        var name = c.ParseName();
        var arguments = ValueParser.ParseArguments(ref c, isConst: true);
        hasTypeName = c.Kind == TokenKind.Less;
        NameNode? typeName = hasTypeName ? ParseTypeName(ref c) : null;
        return new PathSegmentNode(start, c.LastEnd, name, arguments, typeName);
    }

    private static NameNode ParseTypeName(ref TokenCursor c)
    {
        c.Expect(TokenKind.Less);
        var name = c.ParseName();
        c.Expect(TokenKind.Greater);
        return name;
    }

    /// <summary>SelectedObjectValue : { SelectedObjectField+ }</summary>
    private static SelectedObjectNode ParseObject(ref TokenCursor c)
    {
        var start = c.Start;
        c.Expect(TokenKind.BraceL);
        if (c.HasFailed)
        {
            return NoObject;
        }

        c.Enter();
        var mark = c.Mark;
        do
        {
            c.Push(ParseObjectField(ref c));
        }
        while (!c.Closes(TokenKind.BraceR));

        c.Leave();
        return new SelectedObjectNode(start, c.LastEnd, c.PopList<SelectedObjectFieldNode>(mark));
    }

    /// <summary>SelectedObjectField : Name : SelectedValue | Name Arguments[Const]?</summary>
    private static SelectedObjectFieldNode ParseObjectField(ref TokenCursor c)
    {
        var start = c.Start;
        var name = c.ParseName();
        if (c.Skip(TokenKind.Colon))
        {
            var value = ParseValue(ref c);
            return new SelectedObjectFieldNode(start, c.LastEnd, name, [], value);
        }

        var arguments = ValueParser.ParseArguments(ref c, isConst: true);
        return new SelectedObjectFieldNode(start, c.LastEnd, name, arguments, null);
    }

    /// <summary>SelectedListValue : [ SelectedValue ] | [ SelectedListValue ]</summary>
    private static SelectedListNode ParseList(ref TokenCursor c)
    {
        var start = c.Start;
        c.Enter();
        c.Expect(TokenKind.BracketL);
        var list = c.Kind == TokenKind.BracketL ? ParseList(ref c) : null;
        var value = list is null ? ParseValue(ref c) : null;
        c.Expect(TokenKind.BracketR);
        c.Leave();
        return new SelectedListNode(start, c.LastEnd, value, list);
    }
}
