using System.Diagnostics;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace Petrel.Program.Tests;

/// <summary>An image with busybox and all its commands, made from Debian's busybox-static, as a file that <c>docker save</c> would write.</summary>
internal static class TestImage
{
    public const string Name = "local/busybox:1";

    private const string Busybox = "/bin/busybox";

    public static void Write(string path)
    {
        var layer = Layer();
        var digest = Convert.ToHexStringLower(SHA256.HashData(layer));
        var configuration = $$$"""{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"],"Cmd":["sh"]},"rootfs":{"type":"layers","diff_ids":["sha256:{{{digest}}}"]}}""";
        const string Manifest = $$"""[{"Config":"config.json","RepoTags":["{{Name}}"],"Layers":["layer.tar"]}]""";
        using var tar = new TarWriter(File.Create(path));
        AddFile(tar, "config.json", Encoding.UTF8.GetBytes(configuration));
        AddFile(tar, "layer.tar", layer);
        AddFile(tar, "manifest.json", Encoding.UTF8.GetBytes(Manifest));
    }

    private static byte[] Layer()
    {
        var content = new MemoryStream();
        using (var tar = new TarWriter(content, leaveOpen: true))
        {
            foreach (var (folder, mode) in new[] { ("bin/", "755"), ("etc/", "755"), ("tmp/", "1777"), ("root/", "700") })
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, folder) { Mode = (UnixFileMode)Convert.ToInt32(mode, 8) });
            }

            AddFile(tar, "bin/busybox", File.ReadAllBytes(Busybox));
            AddFile(tar, "etc/passwd", Encoding.UTF8.GetBytes("root:x:0:0:root:/root:/bin/sh\n"));
            foreach (var command in Commands().Where(static command => command != "busybox"))
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "bin/" + command) { LinkName = "busybox" });
            }
        }

        return content.ToArray();
    }

    private static string[] Commands()
    {
        using var list = Process.Start(new ProcessStartInfo(Busybox, "--list") { RedirectStandardOutput = true })!;
        return list.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static void AddFile(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(content),
            Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute,
        });
}
