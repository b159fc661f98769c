using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// Reads what <see cref="PlanOutput"/> writes, and trusts none of it: each number is held against what it counts or names, and nothing is allocated that
/// the bytes do not pay for. What is wrong is an <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class PlanInput
{
    /// <summary>For how many entries a list has room at first: what bytes only claim takes nothing.</summary>
    public const int FirstCapacity = 64;

    private readonly ReadOnlyMemory<byte> bytes;
    private readonly string[] texts;
    private readonly TypeSet[] sets;
    private readonly TypeNode[] types;
    private readonly List<ResultField> fields = [];
    private int position;
    private int depth;
    private int written;

    /// <summary>Reads the tables.</summary>
    /// <param name="bytes">The plan.</param>
    /// <param name="schema">The full schema, whose types the sets are of.</param>
    public PlanInput(ReadOnlyMemory<byte> bytes, Schema schema)
    {
        this.bytes = bytes.Length <= PlanStorage.MaxBytes ? bytes : throw Wrong("more bytes than a plan has");
        texts = new string[Count()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Utf8Text();
        }

        sets = new TypeSet[Count()];
        var room = PlanStorage.MaxSetEntries;
        for (var i = 0; i < sets.Length; i++)
        {
            sets[i] = Runs(schema.ObjectTypes, ref room);
        }

        types = new TypeNode[Count()];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = Wraps();
        }
    }

    /// <summary>Whether all was read.</summary>
    public bool IsAtEnd => position == bytes.Length;

    /// <summary>A number below another one.</summary>
    public int Number(int limit)
    {
        var value = Number();
        return value < limit ? value : throw Wrong($"{value} where what is there is below {limit}");
    }

    /// <summary>Yes or no.</summary>
    public bool Flag() => Number(2) == 1;

    /// <summary>How many entries follow, each at least a byte.</summary>
    public int Count()
    {
        var count = Number();
        return count <= bytes.Length - position ? count : throw Wrong($"{count} entries in {bytes.Length - position} bytes");
    }

    /// <summary>Entries, whatever they are.</summary>
    public ImmutableArray<T> Many<T>(Func<T> read)
    {
        var count = Count();
        if (count == 0)
        {
            return [];
        }

        var all = ImmutableArray.CreateBuilder<T>(Math.Min(count, FirstCapacity));
        for (var i = 0; i < count; i++)
        {
            all.Add(read());
        }

        return all.DrainToImmutable();
    }

    /// <summary>A text, or null.</summary>
    public string? TextOrNull() => Number(texts.Length + 1) is > 0 and var number ? texts[number - 1] : null;

    /// <summary>A text.</summary>
    public string Text() => TextOrNull() ?? throw Wrong("no text where there is one");

    /// <summary>A text that becomes a part of a longer one: all of those are bounded together.</summary>
    public string Part()
    {
        var text = Text();
        written += text.Length;
        return written is >= 0 and <= PlanStorage.MaxDocumentCharacters ? text : throw Wrong("documents that are too long");
    }

    /// <summary>A set of types.</summary>
    public TypeSet Types() => sets[Number(sets.Length)];

    /// <summary>A type as a source writes it.</summary>
    public TypeNode Type() => types[Number(types.Length)];

    /// <summary>A field was read.</summary>
    public void Define(ResultField field) => fields.Add(field);

    /// <summary>A field that was read.</summary>
    public ResultField Defined() => fields[Number(fields.Count)];

    /// <summary>A field of a shape.</summary>
    public ResultField Slot(ResultShape shape) => shape.All[Number(shape.All.Length)];

    /// <summary>Goes one level down; <see cref="Leave"/> comes up.</summary>
    public void Enter()
    {
        if (++depth > PlanStorage.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Wrong("it is nested too deeply");
        }
    }

    /// <inheritdoc cref="Enter"/>
    public void Leave() => depth--;

    /// <summary>What is wrong here.</summary>
    public InvalidDataException Wrong(string what) => new($"at byte {position}: {what}.");

    private int Number()
    {
        var span = bytes.Span;
        var value = 0u;
        for (var shift = 0; shift < 32; shift += 7)
        {
            if (position == span.Length)
            {
                throw Wrong("it ends");
            }

            var next = span[position++];
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value <= int.MaxValue && (shift < 28 || next < 0x10) ? (int)value : throw Wrong("a number that is too large");
            }
        }

        throw Wrong("a number that is too long");
    }

    private string Utf8Text()
    {
        var length = Count();
        var text = bytes.Span.Slice(position, length);
        position += length;
        return Utf8.IsValid(text) ? PlanStorage.Encoding.GetString(text) : throw Wrong("a text that is no UTF-8");
    }

    private TypeSet Runs(ImmutableArray<ObjectType> all, ref int room)
    {
        var runs = Count();
        var set = new List<ObjectType>();
        var end = 0;
        for (var run = 0; run < runs; run++)
        {
            var first = end + Number(all.Length + 1 - end);
            end = first + Number(all.Length + 1 - first);
            room -= end - first;
            if (room < 0)
            {
                throw Wrong("sets of types that are too large");
            }

            for (var type = first; type < end; type++)
            {
                set.Add(all[type]);
            }
        }

        return TypeSet.Of(set);
    }

    private TypeNode Wraps()
    {
        var wraps = new List<int>();
        for (var wrap = Number(PlanStorage.Kinds); wrap != PlanStorage.Named; wrap = Number(PlanStorage.Kinds))
        {
            if (wraps.Count == PlanStorage.MaxWraps || (wrap == PlanStorage.NonNull && wraps is [.., PlanStorage.NonNull]))
            {
                throw Wrong("a type that is none");
            }

            wraps.Add(wrap);
        }

        TypeNode node = new NamedTypeNode(0, 0, new NameNode(texts[Number(texts.Length)], 0));
        for (var i = wraps.Count - 1; i >= 0; i--)
        {
            node = wraps[i] == PlanStorage.List ? new ListTypeNode(0, 0, node) : new NonNullTypeNode(0, 0, node);
        }

        return node;
    }
}
