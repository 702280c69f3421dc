using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Petrel.Node.Containerd;

/// <summary>
/// Writes an image of one layer as a docker-archive (Docker Image Specification v1.2): a tar of the layer, the
/// configuration and a manifest. The same content gives the same bytes, and with them the same image id.
/// </summary>
public static class ImageArchive
{
    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>A layer of executable files, and of directories, whose names end in a slash.</summary>
    public static byte[] Layer(IEnumerable<KeyValuePair<string, byte[]>> files) => Tar(files, Executable);

    /// <summary>An archive that holds one image under one name, with its <c>config</c>: Entrypoint, Cmd, Env, User, ...</summary>
    public static byte[] Image(string name, string architecture, byte[] layer, JsonObject configuration)
    {
        var image = new JsonObject
        {
            ["architecture"] = architecture,
            ["os"] = "linux",
            ["created"] = "1970-01-01T00:00:00Z",
            ["config"] = configuration,
            ["rootfs"] = new JsonObject
            {
                ["type"] = "layers",
                ["diff_ids"] = new JsonArray($"sha256:{Convert.ToHexStringLower(SHA256.HashData(layer))}"),
            },
        };
        var manifest = new JsonArray(new JsonObject
        {
            ["Config"] = "config.json",
            ["RepoTags"] = new JsonArray(name),
            ["Layers"] = new JsonArray("layer.tar"),
        });
        return Tar(
            [
                new("layer.tar", layer),
                new("config.json", Json(image)),
                new("manifest.json", Json(manifest)),
            ],
            Plain);
    }

    private static byte[] Tar(IEnumerable<KeyValuePair<string, byte[]>> files, UnixFileMode mode)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                var isDirectory = name.EndsWith('/');
                var entry = new UstarTarEntry(isDirectory ? TarEntryType.Directory : TarEntryType.RegularFile, name)
                {
                    Mode = isDirectory ? Executable : mode,
                    ModificationTime = DateTimeOffset.UnixEpoch,
                };
                if (!isDirectory)
                {
                    entry.DataStream = new MemoryStream(content);
                }

                writer.WriteEntry(entry);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Json(JsonNode node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            node.WriteTo(writer);
        }

        return stream.ToArray();
    }
}
