using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GraphGateway.Gateway;

/// <summary>Whose a file is, and of which kind, on Linux; the runtime tells its mode alone.</summary>
internal static class FileOwner
{
    // statx(2): what it says has the same layout everywhere; the owner's id stands at byte 20 of 256, the kind in the upper four of the 16 bits at byte 28.
    private const int StatusBytes = 256;
    private const int OwnerAt = 20;
    private const int KindAt = 28;
    private const int KindBits = 0xF000;
    private const int PlainFile = 0x8000;
    private const uint WantsKind = 0x1;
    private const uint WantsOwner = 0x8;
    private const int OfTheWorkingFolder = -100;
    private const int OfTheFileItself = 0x1000;

    /// <summary>Whether it belongs to another user than the one that this process runs as. False also where nobody can say so.</summary>
    /// <param name="file">The file, open.</param>
    public static bool IsAnothers(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            var status = new byte[StatusBytes];
            return StatusOf(file, "", OfTheFileItself, WantsOwner, status) == 0
                && (BitConverter.ToUInt32(status) & WantsOwner) != 0
                && BitConverter.ToUInt32(status, OwnerAt) != CurrentUser();
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A system library of another name, or an old one: the mode has to do.
            return false;
        }
    }

    /// <summary>
    /// Whether something else than a file has the name, such as a pipe: who opens that may wait for ever. False also where nobody can say so. A link is what it leads to.
    /// </summary>
    /// <param name="path">The name.</param>
    public static bool IsNoFile(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            var status = new byte[StatusBytes];
            return StatusOf(OfTheWorkingFolder, path, 0, WantsKind, status) == 0
                && (BitConverter.ToUInt32(status) & WantsKind) != 0
                && (BitConverter.ToUInt16(status, KindAt) & KindBits) != PlainFile;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatusOf(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint wanted, [Out] byte[] status);

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatusOf(SafeFileHandle folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint wanted, [Out] byte[] status);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint CurrentUser();
}
