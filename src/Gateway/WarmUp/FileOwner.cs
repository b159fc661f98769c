using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GraphGateway.Gateway;

/// <summary>Whose a file is, on Linux; the runtime tells its mode alone.</summary>
internal static class FileOwner
{
    // statx(2): what it says has the same layout everywhere; the owner's id stands at byte 20 of 256.
    private const int StatusBytes = 256;
    private const int OwnerAt = 20;
    private const uint WantsOwner = 0x8;
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

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatusOf(SafeFileHandle folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint wanted, [Out] byte[] status);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint CurrentUser();
}
