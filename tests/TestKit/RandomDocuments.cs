using System.Globalization;
using System.Text;

namespace GraphGateway.TestKit;

/// <summary>
/// Random GraphQL documents by the grammar (<see href="https://spec.graphql.org/September2025/#sec-Appendix-Grammar-Summary">Spec, Appendix
/// C</see>): each production with each of its parts, descriptions wherever they may stand, all kinds of string, and ignored tokens anywhere.
/// Syntactically right, whatever their meaning.
/// </summary>
/// <param name="random">Where the choices come from.</param>
public sealed class RandomDocuments(Random random)
{
    private static readonly string[] Names =
        ["a", "b", "Cat", "name", "_x", "__typename", "on", "query", "type", "fragment", "input", "true", "null", "extend", "aVeryLongNameOfMoreThanSixteen"];

    private static readonly string[] Ignored = [" ", "\n", ",", "\t", "\r\n", "\r", " # ü \" } comment\n", "\uFEFF", ", ,"];

    private static readonly string[] StringParts =
        ["x", " ", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\u{1F600}", "\\uD83D\\uDE00", "\\u{a}", "é", "😀", "\\b", "#", "{", "'", "\\u0085", "\u2028", "$"];

    private static readonly string[] BlockParts = ["x", " ", "  ", "\n", "\r\n", "\r", "\t", "\\\"\"\"", "\"", "\"\"", "\\", "\\n", "é", "😀", "#", "\n\n", "\n    "];

    private static readonly string[] Locations = ["QUERY", "FIELD", "OBJECT", "ENUM_VALUE", "VARIABLE_DEFINITION", "INPUT_FIELD_DEFINITION"];

    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>A document of operations and fragments.</summary>
    public string Executable() => Document(Operation, Fragment);

    /// <summary>A document of definitions and extensions of types, directives and schemas.</summary>
    public string TypeSystem() => Document(Definition, Definition, Extension);

    private string Document(params Action[] definitions)
    {
        text.Clear();
        Times(1, 4, () => definitions[random.Next(definitions.Length)]());
        return text.ToString();
    }

    private void Operation()
    {
        if (Chance(4) && text.Length == 0)
        {
            Selections();
            return;
        }

        Description();
        Put(Pick("query", "mutation", "subscription"));
        Maybe(() => Put(Name()));
        Maybe(() => Enclosed("(", ")", () =>
        {
            Description();
            Put("$" + Name(), ":");
            Type();
            Maybe(() => Assigned());
            Directives(isConst: true);
        }));
        Directives();
        Selections();
    }

    private void Fragment()
    {
        Description();
        Put("fragment", NameBut("on"), "on", Name());
        Directives();
        Selections();
    }

    private void Selections() => Enclosed("{", "}", () =>
    {
        depth++;
        switch (random.Next(depth > 4 ? 2 : 5))
        {
            case 0:
                Put("...", NameBut("on"));
                Directives();
                break;
            case 4:
                Put("...");
                Maybe(() => Put("on", Name()));
                Directives();
                Selections();
                break;
            default:
                Maybe(() => Put(Name(), ":"));
                Put(Name());
                Arguments(isConst: false);
                Directives();
                if (depth <= 4)
                {
                    Maybe(Selections);
                }

                break;
        }

        depth--;
    });

    private void Definition()
    {
        Description();
        switch (random.Next(8))
        {
            case 0:
                Put("schema");
                Directives(isConst: true);
                OperationTypes();
                break;
            case 1:
                Put("directive", "@", Name());
                Maybe(() => InputValues("(", ")"));
                Maybe(() => Put("repeatable"));
                Put("on");
                List("|", () => Put(Pick(Locations)));
                break;
            default:
                TypeDefinition(mustAdd: false);
                break;
        }
    }

    private void Extension()
    {
        Put("extend");
        if (Chance(5))
        {
            Put("schema");
            Directive(isConst: true);
            Maybe(OperationTypes);
            return;
        }

        TypeDefinition(mustAdd: true);
    }

    private void TypeDefinition(bool mustAdd)
    {
        var keyword = Pick("scalar", "type", "interface", "union", "enum", "input");
        Put(keyword, Name());
        if (keyword is "type" or "interface")
        {
            Maybe(() =>
            {
                Put("implements");
                List("&", () => Put(NameBut("implements")));
            });
        }

        Directives(isConst: true);
        if (mustAdd)
        {
            Directive(isConst: true);
        }

        Maybe(() => Members(keyword));
    }

    private void Members(string keyword)
    {
        switch (keyword)
        {
            case "type" or "interface":
                Enclosed("{", "}", () =>
                {
                    Description();
                    Put(Name());
                    Maybe(() => InputValues("(", ")"));
                    Put(":");
                    Type();
                    Directives(isConst: true);
                });
                break;
            case "union":
                Put("=");
                List("|", () => Put(Name()));
                break;
            case "enum":
                Enclosed("{", "}", () =>
                {
                    Description();
                    Put(NameBut("true", "false", "null"));
                    Directives(isConst: true);
                });
                break;
            case "input":
                InputValues("{", "}");
                break;
        }
    }

    private void OperationTypes() => Enclosed("{", "}", () => Put(Pick("query", "mutation", "subscription"), ":", Name()));

    private void InputValues(string open, string close) => Enclosed(open, close, () =>
    {
        Description();
        Put(Name(), ":");
        Type();
        Maybe(() => Assigned());
        Directives(isConst: true);
    });

    private void Assigned()
    {
        Put("=");
        Value(isConst: true);
    }

    private void Type()
    {
        if (Chance(3) && depth < 6)
        {
            depth++;
            Put("[");
            Type();
            Put("]");
            depth--;
        }
        else
        {
            Put(Name());
        }

        Maybe(() => Put("!"));
    }

    private void Directives(bool isConst = false)
    {
        if (Chance(4))
        {
            Times(1, 2, () => Directive(isConst));
        }
    }

    private void Directive(bool isConst)
    {
        Put("@", Name());
        Arguments(isConst);
    }

    private void Arguments(bool isConst)
    {
        if (Chance(3))
        {
            Enclosed("(", ")", () =>
            {
                Put(Name(), ":");
                Value(isConst);
            });
        }
    }

    private void Value(bool isConst)
    {
        depth++;
        switch (random.Next(depth > 6 ? 5 : 7))
        {
            case 0:
                Put(Pick("0", "-0", "12", "-7", "0.5", "1e9", "-1.5E-3", "12345678901234567890"));
                break;
            case 1:
                AnyString();
                break;
            case 2 when !isConst:
                Put("$", Name());
                break;
            case 5:
                Enclosed("[", "]", () => Value(isConst), least: 0);
                break;
            case 6:
                Enclosed("{", "}", () => Field(isConst), least: 0);
                break;
            default:
                Put(Pick("true", "false", "null", "RED", "on"));
                break;
        }

        depth--;
    }

    private void Field(bool isConst)
    {
        Put(Name(), ":");
        Value(isConst);
    }

    private void Description()
    {
        if (Chance(4))
        {
            AnyString();
        }
    }

    private void AnyString()
    {
        var parts = Chance(2) ? StringParts : BlockParts;
        var quotes = parts == StringParts ? "\"" : "\"\"\"";
        var value = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => Pick(parts)));

        // Quotes that would end the string early, and a backslash that would keep its end from ending it.
        while (parts == BlockParts && (value.Replace("\\\"\"\"", "", StringComparison.Ordinal) is var rest)
            && (rest.Contains("\"\"\"", StringComparison.Ordinal) || value.EndsWith('"') || value.EndsWith('\\')))
        {
            value = value.Replace("\"", "", StringComparison.Ordinal).TrimEnd('\\');
        }

        Put(quotes + value + quotes);
    }

    private void List(string separator, Action item)
    {
        Maybe(() => Put(separator));
        item();
        Times(0, 2, () =>
        {
            Put(separator);
            item();
        });
    }

    private void Enclosed(string open, string close, Action item, int least = 1)
    {
        Put(open);
        Times(least, 3, item);
        Put(close);
    }

    private void Put(params string[] tokens)
    {
        foreach (var token in tokens)
        {
            text.Append(Chance(3) ? Pick(Ignored) : " ").Append(token).Append(Chance(8) ? Pick(Ignored) : " ");
        }
    }

    private string Name() => Chance(6) ? "n" + random.Next(1000).ToString(CultureInfo.InvariantCulture) : Pick(Names);

    private string NameBut(params string[] reserved) => Name() is var name && reserved.Contains(name) ? "other" : name;

    private void Times(int least, int most, Action action)
    {
        for (var count = random.Next(least, most + 1); count > 0; count--)
        {
            action();
        }
    }

    private void Maybe(Action action)
    {
        if (Chance(2))
        {
            action();
        }
    }

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
