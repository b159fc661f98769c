using System.Text;

namespace GraphGateway.Language;

/// <summary>
/// The name of a schema element (<see href="https://spec.graphql.org/September2025/#sec-Schema-Coordinates">Spec §2.14</see>):
/// <c>Type</c>, <c>Type.member</c>, <c>Type.field(argument:)</c>, <c>@directive</c> or <c>@directive(argument:)</c>.
/// </summary>
/// <param name="IsDirective">True when <paramref name="Name"/> is a directive's.</param>
/// <param name="Name">The type, or the directive.</param>
/// <param name="MemberName">A field, an input field or an enum value of the type.</param>
/// <param name="ArgumentName">An argument of the field or the directive.</param>
public sealed record SchemaCoordinate(bool IsDirective, string Name, string? MemberName, string? ArgumentName)
{
    /// <summary>Reads a coordinate; there is no white space in one. Messages are graphql-js's.</summary>
    public static ParseResult<SchemaCoordinate> Parse(SourceText source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var reader = new Reader(source.Utf8.Span);
        var isDirective = reader.Skip('@');
        var name = reader.Name();
        var member = !isDirective && reader.Skip('.') ? reader.Name() : null;
        string? argument = null;
        if ((isDirective || member is not null) && reader.Skip('('))
        {
            argument = reader.Name();
            reader.Expect(':');
            reader.Expect(')');
        }

        reader.ExpectEnd();
        return reader.Error is null
            ? new SchemaCoordinate(isDirective, name, member, argument)
            : GraphQLError.At(source, $"Syntax Error: {reader.Error}", ErrorCode.GraphqlParsingFailed, reader.ErrorOffset);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        (IsDirective ? "@" : "") + Name + (MemberName is null ? "" : "." + MemberName) + (ArgumentName is null ? "" : $"({ArgumentName}:)");

    private ref struct Reader(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> text = text;
        private int position;

        public string? Error { get; private set; }

        public int ErrorOffset { get; private set; }

        public bool Skip(char punctuator)
        {
            if (Error is not null || position >= text.Length || text[position] != punctuator)
            {
                return false;
            }

            position++;
            return true;
        }

        public void Expect(char punctuator)
        {
            if (!Skip(punctuator))
            {
                Fail($"\"{punctuator}\"");
            }
        }

        public string Name()
        {
            var end = EndOfName();
            if (Error is not null || end == position)
            {
                Fail("Name");
                return "";
            }

            var name = NameTable.Intern(text[position..end]);
            position = end;
            return name;
        }

        public void ExpectEnd()
        {
            if (position < text.Length)
            {
                Fail("<EOF>");
            }
        }

        private readonly int EndOfName()
        {
            var end = position;
            if (end < text.Length && CharacterClasses.Of[text[end]] == CharacterClass.NameStart)
            {
                while (end < text.Length && CharacterClasses.IsNameContinue[text[end]])
                {
                    end++;
                }
            }

            return end;
        }

        private void Fail(string expected)
        {
            if (Error is not null)
            {
                return;
            }

            ErrorOffset = position;
            var end = EndOfName();
            var next = position < text.Length ? (char)text[position] : '\0';
            Error = next switch
            {
                _ when position == text.Length => $"Expected {expected}, found <EOF>.",
                _ when end > position => $"Expected {expected}, found Name \"{Encoding.ASCII.GetString(text[position..end])}\".",
                '.' or '(' or ')' or ':' or '@' => $"Expected {expected}, found \"{next}\".",
                _ => $"Invalid character: {Lexer.PrintCodePointAt(text, position)}.",
            };
        }
    }
}
