// Whether a container's command is a program that its image surely lacks. upstream: runc libcontainer, os/exec LookPath
import type { Container } from 'kubernetes-types/core/v1'
import { KNOWN_IMAGES, PROMPTS, imageParts } from './program.ts'

/** Programs that some known image has (busybox's, and those of Debian and of the images' own): of others it is certain that none has them. */
const PROGRAMS = new Set(`[ [[ acpid addgroup addpart adduser agetty apache2 apk apt apt-get arch arp arping ascii ash awk b2sum base32 base64 basename bash bc blkid blockdev bunzip2 busybox bzcat bzip2 cal cat
catchsegv chattr chgrp chmod chown chpasswd chroot chrt cksum clear cmp column comm corepack cp cpio crond crontab csplit curl cut dash date dc dd deb-systemd-helper debconf deluser delgroup df diff dig dir
dircolors dirname dmesg dnsdomainname dos2unix dpkg dpkg-query du dumpkmap echo ed egrep env expand expr factor fallocate false fdisk fgrep find flock fmt fold free fsync ftpget fuser gawk getconf getent
getopt git gpg grep groups gunzip gzip halt hd head hexdump host hostid hostname httpd httpd-foreground id ifconfig init insmod install ionice iostat ip ipcalc join jq kill killall last ldconfig ldd less link
ln logger login logname ls lsof lsmod make man mawk md5sum mesg microcom mkdir mkfifo mknod mktemp more mount mountpoint mv nano nc netcat netstat nginx nginx-debug nice nl node nodejs nohup nproc npm npx nslookup
ntpd numfmt od openssl openvt partprobe passwd paste patch pathchk perl pgrep pidof ping ping6 pinky pip pip3 pipe_progress pivot_root pkill pmap poweroff pr printenv printf ps pstree ptx pwd pwdx
pydoc3 python python3 readlink realpath reboot renice reset resolvectl rev rm rmdir route rsync run-parts runcon scp script sed seq service setpriv setsid sftp sh sha1sum sha256sum sha384sum sha3sum sha512sum
shred shuf sleep sort split ssh ssh-keygen ssl_client stat stdbuf strings stty su sum sv sync sysctl syslogd tac tail tar taskset tcpsvd tee telnet telnetd test tftp time timeout tini top touch tput tr
traceroute true truncate ts tsort tty ttysize udhcpc ulimit uname uncompress unexpand uniq unlink unlzma unshare unxz unzip update-ca-certificates uptime useradd usermod users usleep uudecode uuencode vdir vi vim vmstat
w wall watch watchdog wc wget which who whoami whois xargs xxd xz xzcat yarn yes zcat zip`.split(/\s+/))

/** Where images have their programs, and scripts of their own that they begin with. */
const FOLDER = /^\/(?:usr\/(?:local\/)?)?s?bin\//
const SCRIPTS: readonly string[] = ['/docker-entrypoint.sh', '/entrypoint.sh']
/** Images that begin with what they are given as arguments; others begin with a program of theirs, which makes of these what it can. */
const PLAIN_START: readonly string[] = ['alpine', 'busybox', 'debian', 'httpd', 'python', 'ubuntu']

/** What the runtime says where a container's command is not in its image; undefined where it is, or where nobody knows what the image has. */
export function startError({ image = '', command = [], args = [], volumeMounts = [] }: Container): string | undefined {
  const { name } = imageParts(image)
  const [program] = command.length ? command : PLAIN_START.includes(name) ? args : []
  if (program === undefined || program.includes('$(') || !(KNOWN_IMAGES.includes(name) || PROMPTS.includes(name)))
    return undefined
  const bare = program.replace(FOLDER, '')
  if (PROGRAMS.has(bare) || SCRIPTS.includes(program) || volumeMounts.some(({ mountPath }) => program.startsWith(mountPath)))
    return undefined
  const why = program.includes('/') ? `stat ${program}: no such file or directory` : 'executable file not found in $PATH'
  return `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "${program}": ${why}`
}
