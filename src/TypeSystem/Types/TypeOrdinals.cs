using System.Collections;
using System.Numerics;

namespace GraphGateway.TypeSystem;

/// <summary>The ordinals of a <see cref="TypeSet"/> in ascending order; the default is empty.</summary>
public readonly struct TypeOrdinals : IEnumerable<int>
{
    private readonly ulong low;
    private readonly ulong[]? high;

    internal TypeOrdinals(ulong low, ulong[]? high)
    {
        this.low = low;
        this.high = high;
    }

    /// <summary>Goes through them without allocating.</summary>
    public Enumerator GetEnumerator() => new(low, high);

    /// <inheritdoc/>
    IEnumerator<int> IEnumerable<int>.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Goes through the ordinals of a set.</summary>
    public struct Enumerator : IEnumerator<int>
    {
        private readonly ulong[]? high;
        private ulong bits;
        private int word;
        private int index;

        internal Enumerator(ulong low, ulong[]? high)
        {
            this.high = high;
            bits = low;
        }

        /// <inheritdoc/>
        public int Current { get; private set; }

        /// <inheritdoc/>
        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext()
        {
            while (bits == 0)
            {
                if (++index >= (high?.Length ?? 0))
                {
                    return false;
                }

                bits = high![index];
                word = TypeWords.First(high) + index - 1;
            }

            Current = (word << 6) + BitOperations.TrailingZeroCount(bits);
            bits &= bits - 1;
            return true;
        }

        /// <summary>Cannot be done; nobody asks for it.</summary>
        /// <exception cref="NotSupportedException">Always.</exception>
        public readonly void Reset() => throw new NotSupportedException();

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
