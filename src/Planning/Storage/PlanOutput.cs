using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// Writes the parts that plans are made of. Texts, sets of types and types of sources stand once each, in tables before all else; the rest
/// names them by their number there. Numbers are of 7 bits a byte, the lowest first.
/// </summary>
internal sealed class PlanOutput
{
    private readonly ArrayBufferWriter<byte> body = new();
    private readonly Dictionary<string, int> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<TypeSet, int> sets = [];
    private readonly Dictionary<string, (TypeNode Node, int Number)> types = new(StringComparer.Ordinal);
    private readonly Dictionary<ResultField, int> fields = [];
    private int depth;

    /// <summary>A number that is not negative.</summary>
    public void Number(int value)
    {
        if (value < 0)
        {
            throw new NotStorableException("It has a negative number.");
        }

        Number(body, (uint)value);
    }

    /// <summary>Yes or no.</summary>
    public void Flag(bool value) => Number(value ? 1 : 0);

    /// <summary>A text, or null.</summary>
    public void Text(string? value) => Number(value is null ? 0 : 1 + NumberOf(texts, value));

    /// <summary>Texts.</summary>
    public void Texts(ImmutableArray<string> values)
    {
        Number(values.Length);
        foreach (var value in values)
        {
            Text(value);
        }
    }

    /// <summary>A set of types.</summary>
    public void Types(TypeSet value) => Number(NumberOf(sets, value));

    /// <summary>A type as a source writes it.</summary>
    public void Type(TypeNode value)
    {
        var text = value.ToString()!;
        if (!types.TryGetValue(text, out var known))
        {
            types.Add(text, known = (value, types.Count));
        }

        Number(known.Number);
    }

    /// <summary>A field is written, and can be named from here on.</summary>
    public void Define(ResultField field) => fields.Add(field, fields.Count);

    /// <summary>A field that is written already.</summary>
    public void Defined(ResultField field) => Number(
        fields.TryGetValue(field, out var number) ? number : throw new NotStorableException($"{field} is not in the shape of its answer."));

    /// <summary>A field of a shape, by its slot.</summary>
    public void Slot(ResultShape? shape, ResultField field)
    {
        if (field.Parent != shape || shape.Fields.ElementAtOrDefault(field.Slot) != field)
        {
            throw new NotStorableException($"{field} is not where it is read.");
        }

        Number(field.Slot);
    }

    /// <summary>Goes one level down; <see cref="Leave"/> comes up.</summary>
    public void Enter()
    {
        if (++depth > PlanStorage.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new NotStorableException("It is nested too deeply.");
        }
    }

    /// <inheritdoc cref="Enter"/>
    public void Leave() => depth--;

    /// <summary>The tables and what was written.</summary>
    public byte[] ToArray()
    {
        // The types have names, and so come before the texts are.
        var ofTypes = new ArrayBufferWriter<byte>();
        Number(ofTypes, (uint)types.Count);
        foreach (var (node, _) in types.Values.OrderBy(static type => type.Number))
        {
            Wraps(ofTypes, node);
        }

        var all = new ArrayBufferWriter<byte>();
        Number(all, (uint)texts.Count);
        foreach (var text in texts.OrderBy(static text => text.Value).Select(static text => text.Key))
        {
            var bytes = PlanStorage.Encoding.GetBytes(text);
            Number(all, (uint)bytes.Length);
            all.Write(bytes);
        }

        Number(all, (uint)sets.Count);
        foreach (var set in sets.OrderBy(static set => set.Value).Select(static set => set.Key))
        {
            Runs(all, set);
        }

        all.Write(ofTypes.WrittenSpan);
        all.Write(body.WrittenSpan);
        return all.WrittenSpan.ToArray();
    }

    // From the outside: lists and non-nulls, and then a name.
    private void Wraps(ArrayBufferWriter<byte> output, TypeNode node)
    {
        for (var wraps = 0; ; wraps++)
        {
            if (wraps > PlanStorage.MaxWraps)
            {
                throw new NotStorableException($"The type {node} is of too many lists.");
            }

            switch (node)
            {
                case ListTypeNode list:
                    Number(output, PlanStorage.List);
                    node = list.Type;
                    continue;
                case NonNullTypeNode nonNull:
                    Number(output, PlanStorage.NonNull);
                    node = nonNull.Type;
                    continue;
                default:
                    Number(output, PlanStorage.Named);
                    Number(output, (uint)NumberOf(texts, ((NamedTypeNode)node).Name.Value));
                    return;
            }
        }
    }

    // How many follow each other, and how many are left out before them.
    private static void Runs(ArrayBufferWriter<byte> output, TypeSet set)
    {
        var runs = new List<(int First, int End)>();
        foreach (var type in set.Ordinals())
        {
            if (runs.Count > 0 && runs[^1].End == type)
            {
                runs[^1] = (runs[^1].First, type + 1);
            }
            else
            {
                runs.Add((type, type + 1));
            }
        }

        Number(output, (uint)runs.Count);
        var end = 0;
        foreach (var run in runs)
        {
            Number(output, (uint)(run.First - end));
            Number(output, (uint)(run.End - run.First));
            end = run.End;
        }
    }

    private static int NumberOf<T>(Dictionary<T, int> table, T value) where T : notnull
    {
        if (!table.TryGetValue(value, out var number))
        {
            table.Add(value, number = table.Count);
        }

        return number;
    }

    private static void Number(ArrayBufferWriter<byte> output, uint value)
    {
        var bytes = output.GetSpan(5);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
        output.Advance(length);
    }
}

/// <summary>A plan has what its form on disk has no words for: it is not kept there, and nothing is wrong with it.</summary>
internal sealed class NotStorableException(string message) : Exception(message);
