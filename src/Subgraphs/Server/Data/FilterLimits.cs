using GraphGateway.Language;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// How much one filter or order may ask. A request of a few hundred kilobytes holds thousands of conditions; translating them and running
/// the statement would take seconds and more stack, parameters and expression depth than there are.
/// </summary>
internal static class FilterLimits
{
    /// <summary>Operations of one filter, in all its <c>and</c> and <c>or</c> together.</summary>
    public const int MaxConditions = 200;

    /// <summary>How deep <c>and</c> and <c>or</c> may stand in one another.</summary>
    public const int MaxNesting = 16;

    /// <summary>Values in all <c>in</c> and <c>nin</c> of one filter together: each is a parameter of the same statement.</summary>
    public const int MaxListValues = 1_000;

    /// <summary>Entries of an <c>order</c>.</summary>
    public const int MaxOrderEntries = 16;

    /// <summary>Passes when the coerced filter keeps within the limits.</summary>
    /// <exception cref="GraphQLException">It does not; the message says which limit.</exception>
    public static void Check(IReadOnlyDictionary<string, object?> filter)
    {
        var size = Measure(filter, nesting: 0);
        if (size.Conditions > MaxConditions)
        {
            throw TooMuch($"A filter has at most {MaxConditions} conditions; this one has {size.Conditions}.");
        }

        if (size.Values > MaxListValues)
        {
            throw TooMuch($"A filter has at most {MaxListValues} values in its \"in\" and \"nin\" lists; this one has {size.Values}.");
        }
    }

    /// <summary>Passes when an order of so many entries keeps within the limit.</summary>
    /// <exception cref="GraphQLException">It does not; the message says the limit.</exception>
    public static void CheckOrder(string argument, int entries)
    {
        if (entries > MaxOrderEntries)
        {
            throw TooMuch($"\"{argument}\" has at most {MaxOrderEntries} entries; this one has {entries}.");
        }
    }

    private static Size Measure(IReadOnlyDictionary<string, object?> filter, int nesting)
    {
        if (nesting > MaxNesting)
        {
            throw TooMuch($"A filter nests \"and\" and \"or\" at most {MaxNesting} deep.");
        }

        var size = default(Size);
        foreach (var value in filter.Values)
        {
            if (value is IReadOnlyDictionary<string, object?> operations)
            {
                size += new Size(operations.Count, operations.Values.Sum(operand => operand is IReadOnlyList<object?> list ? list.Count : 0));
            }

            foreach (var entry in value as IReadOnlyList<object?> ?? [])
            {
                var nested = Measure((IReadOnlyDictionary<string, object?>)entry!, nesting + 1);
                // An entry without conditions is one too: it holds for every row.
                size += nested with { Conditions = Math.Max(1, nested.Conditions) };
            }
        }

        return size;
    }

    private static GraphQLException TooMuch(string message) => new(message, ErrorCode.BadUserInput);

    private readonly record struct Size(int Conditions, int Values)
    {
        public static Size operator +(Size left, Size right) => new(left.Conditions + right.Conditions, left.Values + right.Values);
    }
}
