using System.Buffers.Binary;
using System.IO.Compression;

namespace GraphGateway.Http;

/// <summary>
/// gzip (<see href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</see>): members, one after the other, each with a head, deflated data, and a trailer that
/// has the data's checksum and length.
/// </summary>
/// <remarks>
/// The runtime inflates the data and does not tell how far it has read. It ends somewhere in the piece that was handed out last, and right behind the end
/// stands the trailer, whose eight bytes are known by then: they are looked for, with the end of the body or the next member behind them. That they stand
/// there by chance is as likely as that a changed body passes its checksum, and its length too.
/// </remarks>
internal sealed class GzipDecoder(CodedInput input) : IBodyDecoder
{
    private const int TrailerBytes = 8;

    // An empty member is twenty bytes, and each costs a decoder of its own.
    private const int MaxMembers = 10_000;

    private DecoderInput? piece;
    private DeflateStream? data;
    private Crc32 checksum = new();
    private uint length;
    private int members;

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (data is null)
            {
                if (members > 0 && !await input.HasAsync(1, cancellationToken))
                {
                    return 0;
                }

                await ReadHeadAsync(cancellationToken);
                Begin();
            }

            var read = await data!.ReadAsync(buffer, cancellationToken);
            if (read > 0)
            {
                checksum.Append(buffer.Span[..read]);
                length += (uint)read;
                return read;
            }

            await ReadTrailerAsync(cancellationToken);
            data.Dispose();
            data = null;
        }
    }

    public void Dispose()
    {
        data?.Dispose();
        input.Dispose();
    }

    private void Begin()
    {
        if (++members > MaxMembers)
        {
            throw new InvalidDataException($"The body has more than {MaxMembers} members.");
        }

        piece = new DecoderInput(input, keepsLast: false);
        data = new DeflateStream(piece, CompressionMode.Decompress);
        checksum = new Crc32();
        length = 0;
    }

    // 2.3: ID1 ID2 CM FLG MTIME(4) XFL OS, and by the flags what may follow.
    private async ValueTask ReadHeadAsync(CancellationToken cancellationToken)
    {
        const int fixedBytes = 10;
        const byte headChecksum = 2, extra = 4, name = 8, comment = 16, reserved = 0xE0;
        if (!await input.HasAsync(fixedBytes, cancellationToken) || input.Next.Span is not [0x1F, 0x8B, 8, var flags, ..] || (flags & reserved) != 0)
        {
            throw new InvalidDataException("The body, or what stands behind its end, is not gzip.");
        }

        input.Take(fixedBytes);
        if ((flags & extra) != 0)
        {
            await TakeAsync(await TakeAsync(1, cancellationToken) | await TakeAsync(1, cancellationToken) << 8, cancellationToken);
        }

        // Texts that end with a zero.
        for (var texts = ((flags & name) != 0 ? 1 : 0) + ((flags & comment) != 0 ? 1 : 0); texts > 0; texts -= await TakeAsync(1, cancellationToken) == 0 ? 1 : 0)
        {
            // Nobody reads them.
        }

        await TakeAsync((flags & headChecksum) != 0 ? 2 : 0, cancellationToken);
    }

    /// <summary>Takes so many bytes; the last of them.</summary>
    private async ValueTask<byte> TakeAsync(int count, CancellationToken cancellationToken)
    {
        byte last = 0;
        for (; count > 0; count--)
        {
            if (!await input.HasAsync(1, cancellationToken))
            {
                throw new InvalidDataException("The body ends in the head of gzip.");
            }

            last = input.Next.Span[0];
            input.Take(1);
        }

        return last;
    }

    // 2.3.1: CRC32 and ISIZE, the length modulo 2^32.
    private async ValueTask ReadTrailerAsync(CancellationToken cancellationToken)
    {
        input.Take(-piece!.LastPiece);
        // And how the next member begins, where there is one.
        await input.HasAsync(piece.LastPiece + TrailerBytes + 2, cancellationToken);
        Find();

        void Find()
        {
            Span<byte> trailer = stackalloc byte[TrailerBytes];
            BinaryPrimitives.WriteUInt32LittleEndian(trailer, checksum.Value);
            BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], length);
            var rest = input.Next.Span;
            var first = rest.IndexOf(trailer);
            // An empty text has a trailer of zeros, and deflated it ends with one: then the second place is the right one. Any later one is behind the end.
            for (var at = first; at >= 0 && at <= Math.Min(first + 1, piece.LastPiece); at++)
            {
                if (rest[at..].StartsWith(trailer) && rest[(at + TrailerBytes)..] is [] or [0x1F, 0x8B, ..])
                {
                    input.Take(at + TrailerBytes);
                    return;
                }
            }

            throw new InvalidDataException("The body ends before gzip does, goes on behind its end, or its checksum or length is wrong.");
        }
    }
}
